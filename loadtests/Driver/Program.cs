using EnterpriseHub.LoadTests;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
