using System.Data.Common;

namespace EnterpriseHub.Scoring.ScoreLead;

/// <summary>A lead that falls silent sends no message: once a minute the scores that time has changed are made anew.</summary>
internal sealed class RescoreQuietLeads(LeadBook book, TimeProvider time, ILogger<RescoreQuietLeads> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await book.RescoreDueAsync(stoppingToken) == 100)
                {
                }
            }
            catch (DbException failure)
            {
                logger.LogWarning("Scores of quiet leads wait for the next minute ({Error})", failure.GetType().Name);
            }
        }
    }
}
