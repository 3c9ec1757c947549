using MassTransit;
using ScoreLeadRequest = EnterpriseHub.Contracts.Scoring.ScoreLead;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>Answers with the lead's score as it is now. Reads only.</summary>
internal sealed class AnswerScoreLeadConsumer(LeadBook book) : IConsumer<ScoreLeadRequest>
{
    public async Task Consume(ConsumeContext<ScoreLeadRequest> context) =>
        await context.RespondAsync(await book.ScoreNowAsync(new(context.Message.LocationId, context.Message.ContactId), context.CancellationToken));
}
