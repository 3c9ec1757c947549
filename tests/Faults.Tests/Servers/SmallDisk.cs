using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EnterpriseHub.Faults.Tests.Servers;

/// <summary>A file system of 320 MB below PostgreSQL's data, which a test may fill to its last byte. Needs the right to mount.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _place;

    private SmallDisk(string place) => _place = place;

    private string Ballast => Path.Combine(_place, "ballast");

    /// <summary>Mounts one for a server set; null where this user may not.</summary>
    public static SmallDisk? TryMake(string set)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }
        var place = Directory.CreateDirectory(set + "-disk").FullName;
        if (Mount("none", place, "tmpfs", 0, "size=320m,mode=711") != 0)
        {
            Directory.Delete(place);
            return null;
        }
        // Should this process be killed, nothing stays mounted.
        using var guard = Process.Start("setsid", ["sh", "-c", "exec >/dev/null 2>&1 </dev/null; while kill -0 $1; do sleep 2; done; umount -l \"$0\"; rmdir \"$0\"", place, $"{Environment.ProcessId}"]);
        Directory.CreateDirectory(set);
        File.CreateSymbolicLink(Path.Combine(set, "postgres"), Path.Combine(place, "postgres"));
        return new SmallDisk(place);
    }

    /// <summary>Leaves no room for another byte.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = new byte[1 << 20]; block.Length >= 4096; block = new byte[block.Length / 2])
        {
            try
            {
                while (true)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // No room for a block of this size: try half of it.
            }
        }
    }

    /// <summary>Makes room again.</summary>
    public void Empty() => File.Delete(Ballast);

    public void Dispose()
    {
        _ = Unmount(_place, 2);
        if (!Directory.EnumerateFileSystemEntries(_place).Any())
        {
            Directory.Delete(_place);
        }
    }

    [DllImport("libc", EntryPoint = "mount", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Mount(string source, string target, string type, nuint flags, string data);

    [DllImport("libc", EntryPoint = "umount2", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Unmount(string target, int flags);
}
