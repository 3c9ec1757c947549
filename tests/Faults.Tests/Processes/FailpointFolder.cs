using System.Diagnostics;

namespace EnterpriseHub.Faults.Tests.Processes;

/// <summary>The folder through which a test tells the product's processes where to end, freeze or break; see <c>platform/Failpoints</c>.</summary>
internal sealed class FailpointFolder(string folder)
{
    /// <summary>What <c>HUB_FAILPOINTS</c> names.</summary>
    public string Folder => folder;

    /// <summary>Arms a point once.</summary>
    /// <param name="point">Name, e.g. <c>S4</c>.</param>
    /// <param name="order"><c>kill</c>, <c>stop</c>, <c>throw</c> or <c>delay MILLISECONDS</c>, and a word that the detail must hold.</param>
    public void Arm(string point, string order)
    {
        File.Delete(Hit(point));
        var place = Path.Combine(folder, point);
        File.WriteAllText(place + ".new", order);
        File.Move(place + ".new", place, overwrite: true);
    }

    /// <summary>Longest wait for somebody to come by: the end of hope, no statement on speed.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Waits until somebody came by.</summary>
    /// <exception cref="TimeoutException">Nobody did.</exception>
    public async Task FiredAsync(string point)
    {
        var began = Stopwatch.GetTimestamp();
        while (!File.Exists(Hit(point)))
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                File.Delete(Path.Combine(folder, point));
                throw new TimeoutException($"nobody reached {point} in {Patience.TotalSeconds:0} s");
            }
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private string Hit(string point) => Path.Combine(folder, point + ".hit");
}
