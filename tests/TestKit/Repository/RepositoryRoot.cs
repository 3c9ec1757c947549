namespace EnterpriseHub.TestKit.Repository;

/// <summary>Where the checkout lies, found from the test's own folder upwards.</summary>
public static class RepositoryRoot
{
    /// <summary>Absolute path of the folder that holds <c>Microservices.sln</c>.</summary>
    public static string Path { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Path of a file or folder of the checkout.</summary>
    public static string Of(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>The reference material that may lie beside the checkout; null when it does not.</summary>
    public static string? Shared(params string[] parts)
    {
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine([Path, "..", "shared", .. parts]));
        return System.IO.Path.Exists(path) ? path : null;
    }

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Microservices.sln")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException($"No Microservices.sln above {start}");
    }
}
