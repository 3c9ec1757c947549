using EnterpriseHub.AiOrchestrator.Claude;
using EnterpriseHub.AiOrchestrator.Qualification;
using EnterpriseHub.AiOrchestrator.ReplyToMessage.Steps;
using EnterpriseHub.Contracts.Caching;
using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Scoring;
using EnterpriseHub.Platform.Flow;
using Microsoft.Extensions.Options;

namespace EnterpriseHub.AiOrchestrator.ReplyToMessage;

/// <summary>What a flow came to.</summary>
internal sealed record Outcome(Facts Facts, Verdict Verdict, IReadOnlyList<StepTiming> Steps)
{
    /// <summary>Null where nobody took the time.</summary>
    public TurnPassage? Passage { get; init; }
}

/// <summary>One turn, top to bottom. Read this file first; <see cref="Decide"/> next.</summary>
internal sealed class ReplyToMessageFlow(
    StepRunner step,
    IOptions<OrchestratorOptions> options,
    LoadContact contact,
    LoadQualification qualify,
    ReadMarket market,
    ReadScore score,
    AnalyzeMessage analyze,
    DraftReply draft)
{
    /// <param name="turn">What is to be answered.</param>
    /// <param name="log">Takes the model calls, also those of a run that is cancelled.</param>
    /// <param name="withoutModel">Why the model must not be asked; null to ask it.</param>
    /// <param name="cancellation">Ends the run: a newer message came, or the lease was lost.</param>
    /// <exception cref="StepFailedException">The model did not answer.</exception>
    public async Task<Outcome> RunAsync(Turn turn, CallLog log, string? withoutModel, CancellationToken cancellation)
    {
        var run = step.Begin();
        var within = options.Value.Budgets;
        var known = run.Prefer("qualification", within.Load, QualificationState.Unknown, t => qualify.RunAsync(turn.Key.LocationId, turn.ContactId, t), cancellation);
        if (Decide.Silence(turn) is not null)
        {
            return Decided(new Facts { Turn = turn, Contact = LoadContact.Unknown(turn), Qualification = await known });
        }

        // Independent questions are asked together; the slowest sets the pace. A branch may ask, never tell.
        using var models = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var person = run.Prefer("contact", within.Contact, LoadContact.Unknown(turn), t => contact.RunAsync(turn, within.Contact, t), cancellation);
        var facts = run.Prefer("market", within.Load, null, t => market.RunAsync(turn.Key.LocationId, t), cancellation);
        var scored = run.Prefer("score", within.Score, null, t => score.RunAsync(turn, t), cancellation);

        // A contact out of the cache is here already; one that may not be answered costs no model call.
        if (withoutModel is not null || (person.IsCompletedSuccessfully && !MayAnswer(turn, await person)))
        {
            return Decided(await GatherAsync(turn, person, known, facts, scored) with { WithoutModel = withoutModel });
        }

        var analysis = run.Require("analyze", within.Analyze, async t => await analyze.RunAsync(turn, await ContextAsync(turn, await SoonAsync(person, TimeSpan.Zero, t), known, facts), log, t), models.Token);
        var reply = run.Require("draft", within.Draft, async t => await draft.RunAsync(turn, await ContextAsync(turn, await SoonAsync(person, within.Greeting, t), known, facts), log, t), models.Token);
        try
        {
            if (!MayAnswer(turn, await person))
            {
                return Decided(await GatherAsync(turn, person, known, facts, scored));
            }
            await BothAsync(analysis, reply);
            return Decided(await GatherAsync(turn, person, known, facts, scored) with { Analysis = await analysis, Draft = await reply });
        }
        finally
        {
            // Whatever ends the run ends both calls, and neither is left unobserved.
            await models.CancelAsync();
            await Task.WhenAll(analysis, reply).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        Outcome Decided(Facts all) => new(all, Decide.Next(all), run.Timings);
    }

    private static bool MayAnswer(Turn turn, ContactSnapshot person) =>
        person.Known && Decide.Silence(new Facts { Turn = turn, Contact = person }) is null;

    private static async Task<Facts> GatherAsync(
        Turn turn, Task<ContactSnapshot> person, Task<QualificationState> known, Task<MarketContext?> market, Task<LeadScored?> scored) =>
        new() { Turn = turn, Contact = await person, Qualification = await known, Market = await market, Score = await scored };

    /// <summary>Waits for both; the first failure does not wait for the other.</summary>
    private static async Task BothAsync(Task analysis, Task reply)
    {
        await await Task.WhenAny(analysis, reply);
        await Task.WhenAll(analysis, reply);
    }

    private static async Task<ContactSnapshot?> SoonAsync(Task<ContactSnapshot> person, TimeSpan patience, CancellationToken cancellation)
    {
        if (!person.IsCompleted)
        {
            using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(person, Task.Delay(patience, soon.Token));
            await soon.CancelAsync();
        }
        return person.IsCompletedSuccessfully ? await person : null;
    }

    private static async Task<PromptContext> ContextAsync(
        Turn turn, ContactSnapshot? person, Task<QualificationState> known, Task<MarketContext?> market) =>
        new(
            person is { Known: true } ? person.FirstName : null,
            ModePolicy.Of(person?.Tags ?? [], turn.Profile.Activation, null, turn.ModeBefore),
            await known,
            await market);
}
