[assembly: CollectionBehavior(MaxParallelThreads = 8)]
