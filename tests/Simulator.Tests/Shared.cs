namespace EnterpriseHub.Simulator.Tests;

/// <summary>Reference data that lies beside the repository on some machines.</summary>
internal static class Shared
{
    public static string File(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", path);
            if (System.IO.File.Exists(file))
            {
                return file;
            }
        }
        Assert.Skip($"shared/{path} is not on this machine.");
        return "";
    }
}
