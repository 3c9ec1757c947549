using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.AiOrchestrator.Tests.Support;
using EnterpriseHub.Platform.Hosting;
using EnterpriseHub.TestKit.Fuzz;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.AiOrchestrator.Tests.Fuzz;

/// <summary>The model's service says anything at all, over a real socket and the real SDK: a sane value or <see cref="ClaudeFailedException"/>, nothing else.</summary>
public sealed partial class ModelAnswerFuzzTests
{
    private static readonly string[] Words = ["sell", "buy", "question", "appointment", "objection", "human_request", "opt_out", "greeting", "other"];

    private readonly ConcurrentDictionary<int, RawAnswer> _answers = new();
    private readonly ConcurrentDictionary<string, int> _ends = new();

    [Fact]
    public async Task Any_answer_of_the_model_is_a_value_or_a_failure_with_a_name()
    {
        await using var server = new LyingServer(head => _answers[int.Parse(Key().Match(head).Groups[1].ValueSpan, CultureInfo.InvariantCulture)]);
        await FuzzRun.EachAsync("model answers", 9_000, 16, async one =>
        {
            var isAnalysis = one.Random.Next(2) == 0;
            var good = isAnalysis ? ModelAnswers.Analysis : ModelAnswers.Draft;
            // Half of them lie in the transport too; the others arrive, so that the reading is reached.
            var answer = one.Random.Next(2) == 0
                ? AnswerMutator.Spoil(one.Random, ModelAnswers.Spoiled(one.Random, good))
                : Plain(ModelAnswers.Spoiled(one.Random, good));
            one.Input = answer.Bytes;
            _answers[one.Number] = answer;
            await AskAsync(server.Url, one.Number, isAnalysis);
        });
        Assert.True(_ends["ok"] > 1_000 && _ends["model_unreadable"] > 500 && _ends["model_cut"] > 100 && _ends["model_refused"] > 100, string.Join(", ", _ends));
    }

    private async Task AskAsync(string url, int number, bool isAnalysis)
    {
        using var claude = new ClaudeDeployment(
            Options.Create(new ClaudeOptions { BaseUrl = url, ApiKey = $"k{number}", Deadline = TimeSpan.FromSeconds(5) }), new SelfAddress(null!, null!), TimeProvider.System);
        var log = new CallLog();
        var end = "ok";
        try
        {
            if (isAnalysis)
            {
                IsSane(await claude.AskAsync(Prompt.Analyze, "Hello", ReadAnswer.Analysis, log, CancellationToken.None));
            }
            else
            {
                var draft = await claude.AskAsync(Prompt.Draft, "Hello", ReadAnswer.Draft, log, CancellationToken.None);
                Assert.True(draft.Reply is not null && draft.Asks is not null);
            }
        }
        catch (ClaudeFailedException failed)
        {
            end = failed.Reason;
        }
        var call = Assert.Single(log.All);
        Assert.Equal(end, call.Outcome);
        Assert.InRange(call.CostMicroUsd, 0, 1_000_000_000);
        _ends.AddOrUpdate(end, 1, (_, count) => count + 1);
    }

    private static void IsSane(Analysis analysis)
    {
        Assert.Contains(analysis.Intent, Words);
        Assert.Contains(analysis.Language, (string[])["en", "es", "other"]);
        Assert.True(analysis.Objections.Count <= 10 && analysis.Objections.All(one => one.Length <= 40));
        foreach (var (field, value) in analysis.Facts)
        {
            Assert.Contains(field, LeadFields.Told);
            Assert.InRange(value.Length, 1, QualificationState.LongestValue);
            // PostgreSQL takes neither.
            Assert.DoesNotContain('\0', value);
            Assert.False(char.IsHighSurrogate(value[^1]), value);
        }
    }

    private static RawAnswer Plain(byte[] body) => new(
        [.. System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n")), .. body], Closes: true);

    [GeneratedRegex(@"Bearer k(\d+)")]
    private static partial Regex Key();
}
