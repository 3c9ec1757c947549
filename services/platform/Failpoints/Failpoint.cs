using System.Diagnostics;
#if FAILPOINTS
using System.Globalization;
using System.Runtime.InteropServices;
#endif

namespace EnterpriseHub.Platform.Failpoints;

/// <summary>
/// Named points of the code at which a test may end, freeze, break or delay this process. Calls are compiled only into builds that define
/// <c>FAILPOINTS</c> (Debug); a Release build has neither the calls nor what they would do.
/// A test arms a point by a file of its name in the folder that <c>HUB_FAILPOINTS</c> names:
/// <c>kill</c> (SIGKILL), <c>stop</c> (SIGSTOP), <c>throw</c> (an <see cref="IOException"/>) or <c>delay MILLISECONDS</c>, and behind it,
/// if wished, a word that the detail must hold. Whoever gets there first takes the file (it becomes <c>NAME.hit</c>), so a point fires once.
/// </summary>
public static class Failpoint
{
    /// <summary>Fires if the point is armed.</summary>
    /// <param name="name">Point of the crash matrix in <c>docs/faults.md</c>, e.g. <c>S4</c>.</param>
    /// <param name="detail">Tells apart what passes the same line, e.g. a message type.</param>
    /// <exception cref="FailpointException">The point was armed with <c>throw</c>.</exception>
    [Conditional("FAILPOINTS")]
    public static void Hit(string name, string? detail = null)
    {
#if FAILPOINTS
        if (Take(name, detail) is { } order)
        {
            Act(name, order);
        }
#endif
    }

#if FAILPOINTS
    private static readonly string? Folder = Environment.GetEnvironmentVariable("HUB_FAILPOINTS");

    /// <summary>True when the point would fire: for a point that must prepare its place first.</summary>
    public static bool IsArmed(string name, string? detail = null) => Read(name, detail) is not null;

    private static string[]? Read(string name, string? detail)
    {
        if (Folder is null || !File.Exists(Path.Combine(Folder, name)))
        {
            return null;
        }
        try
        {
            var words = File.ReadAllText(Path.Combine(Folder, name)).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var about = words.Length == 0 ? null : words[0] == "delay" ? words.ElementAtOrDefault(2) : words.ElementAtOrDefault(1);
            return words.Length > 0 && (about is null || detail?.Contains(about, StringComparison.Ordinal) == true) ? words : null;
        }
        catch (IOException)
        {
            // Another process took it just now.
            return null;
        }
    }

    private static string[]? Take(string name, string? detail)
    {
        if (Read(name, detail) is not { } order)
        {
            return null;
        }
        try
        {
            File.Move(Path.Combine(Folder!, name), Path.Combine(Folder!, name + ".hit"), overwrite: false);
            return order;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Act(string name, string[] order)
    {
        switch (order[0])
        {
            case "kill":
                Signal(9);
                break;
            case "stop":
                Signal(19);
                break;
            case "throw":
                throw new FailpointException(name);
            case "delay":
                StandStill(int.Parse(order[1], CultureInfo.InvariantCulture));
                break;
            default:
                throw new InvalidOperationException($"Failpoint {name}: '{order[0]}' is unknown; allowed: kill, stop, throw, delay MILLISECONDS");
        }
    }

    private static void Signal(int signal)
    {
        _ = Kill(Environment.ProcessId, signal);
        // The signal may reach another thread first: this one must not run on meanwhile.
        StandStill(100);
    }

    /// <summary>The caller's thread is what must not go on; there is no token to wait with.</summary>
    private static void StandStill(int milliseconds)
    {
        using var never = new ManualResetEvent(false);
        never.WaitOne(milliseconds);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
#endif
}

/// <summary>A failpoint was armed with <c>throw</c>: what the code takes for a broken connection.</summary>
public sealed class FailpointException(string name) : IOException($"Failpoint {name}");
