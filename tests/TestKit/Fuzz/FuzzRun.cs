using System.Globalization;

namespace EnterpriseHub.TestKit.Fuzz;

/// <summary>One case: its own random numbers, and what to print when it fails.</summary>
public sealed class FuzzCase
{
    internal FuzzCase(int number, int seed) => (Number, Random) = (number, new Random(seed));

    /// <summary>Place in the run; <c>HUB_FUZZ_CASE</c> runs it alone.</summary>
    public int Number { get; }

    /// <summary>The only source of chance; the same for the same seed, run and number.</summary>
    public Random Random { get; }

    /// <summary>What was fed to the product; printed in base64 when the case fails.</summary>
    public byte[] Input { get; set; } = [];

    /// <summary>What was done with it besides.</summary>
    public string How { get; set; } = "";
}

/// <summary>
/// Many seeded cases against one claim. <c>HUB_FUZZ_SEED</c> starts from other chances, <c>HUB_FUZZ_FACTOR</c> multiplies the cases.
/// </summary>
public static class FuzzRun
{
    private static readonly int Seed = Setting("HUB_FUZZ_SEED") ?? 20_261_121;
    private static readonly int? Only = Setting("HUB_FUZZ_CASE");

    /// <summary>Runs the cases; fails with the first one that throws.</summary>
    /// <param name="name">Name of the run, part of every case's chance.</param>
    /// <param name="cases">How many.</param>
    /// <param name="parallel">How many at once.</param>
    /// <param name="check">Throws when the claim does not hold.</param>
    public static async Task EachAsync(string name, int cases, int parallel, Func<FuzzCase, Task> check)
    {
        cases *= Setting("HUB_FUZZ_FACTOR") ?? 1;
        var numbers = Only is { } only ? [only] : Enumerable.Range(0, cases);
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (number, _) =>
        {
            var one = Case(name, number);
            try
            {
                await check(one);
            }
            catch (Exception failure)
            {
                throw new FuzzFailedException(
                    $"{name}: case {number} of seed {Seed} ({one.How}): {failure.Message}\ninput, base64: {Convert.ToBase64String(one.Input)}", failure);
            }
        });
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"fuzz: {name}: {cases} cases, seed {Seed}"));
    }

    /// <summary>A case outside of a run.</summary>
    public static FuzzCase Case(string name, int number) =>
        new(number, unchecked(name.Aggregate(Seed, (hash, letter) => (hash * 31) + letter) + (number * 7_919)));

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>A case of a fuzz run failed; the message is all that is needed to see it again.</summary>
public sealed class FuzzFailedException(string message, Exception cause) : Exception(message, cause);
