using System.Diagnostics;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Anthropic.Models.Messages;
using EnterpriseHub.Platform.Failpoints;
using EnterpriseHub.Platform.Hosting;
using MassTransit;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace EnterpriseHub.AiOrchestrator.Claude;

/// <summary>One endpoint with one key: the official SDK, a deadline and a breaker above it.</summary>
internal sealed class ClaudeDeployment(IOptions<ClaudeOptions> settings, SelfAddress self, TimeProvider time) : IDisposable
{
    private const int LongestAnswer = 16_000;

    // Far more than a turn's prompt or answer.
    private const long MostTokens = 200_000;

    private readonly ClaudeOptions _options = settings.Value;
    private readonly Lock _gate = new();
    private readonly ResiliencePipeline _breaker = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = settings.Value.BreakAfter,
            SamplingDuration = TimeSpan.FromSeconds(10),
            BreakDuration = settings.Value.BreakFor,
            ShouldHandle = attempt => ValueTask.FromResult(attempt.Outcome.Exception
                is ClaudeFailedException { Failure: ClaudeFailure.Unavailable or ClaudeFailure.Limited or ClaudeFailure.Late }),
        })
        .Build();

    private AnthropicClient? _client;

    /// <summary>Another way to the API, for tests; null: its sockets.</summary>
    internal HttpMessageHandler? Way { get; init; }

    /// <summary>Asks the model and reads its answer.</summary>
    /// <param name="prompt">Purpose, system text and schema.</param>
    /// <param name="user">User message.</param>
    /// <param name="read">Reads the JSON.</param>
    /// <param name="log">Takes the call's cost, whatever its outcome.</param>
    /// <param name="cancellation">Ends the call at once.</param>
    /// <exception cref="ClaudeFailedException">There is no usable answer.</exception>
    public async Task<T> AskAsync<T>(Prompt prompt, string user, Func<string, T> read, CallLog log, CancellationToken cancellation)
    {
        var model = prompt.Purpose == Prompt.AnalyzePurpose ? _options.AnalysisModel : _options.DraftModel;
        var began = time.GetTimestamp();
        var use = TokenUse.None;
        var outcome = "ok";
        try
        {
            var answer = await _breaker.ExecuteAsync(async token => await CallAsync(prompt, model, user, token), cancellation);
            use = UseOf(answer);
            return read(TextOf(answer));
        }
        catch (BrokenCircuitException open)
        {
            outcome = ClaudeFailedException.ReasonOf(ClaudeFailure.Unavailable);
            throw new ClaudeFailedException(ClaudeFailure.Unavailable, open);
        }
        catch (Exception odd) when (odd is AnthropicInvalidDataException or InvalidOperationException)
        {
            // The SDK looks at a member only when it is asked for it.
            outcome = ClaudeFailedException.ReasonOf(ClaudeFailure.Unreadable);
            throw new ClaudeFailedException(ClaudeFailure.Unreadable, odd);
        }
        catch (ClaudeFailedException failed)
        {
            outcome = failed.Reason;
            throw;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        finally
        {
            var took = time.GetElapsedTime(began);
            log.Add(new ModelCall
            {
                CallId = NewId.NextGuid().ToString(), Purpose = prompt.Purpose, Model = model, Tokens = use,
                CostMicroUsd = PriceCatalogue.MicroUsd(model, use), Ms = (long)took.TotalMilliseconds, Outcome = outcome,
            });
            ClaudeMetrics.Record(prompt.Purpose, model, outcome, took, use);
        }
    }

    public void Dispose() => _client?.Dispose();

    private async Task<Message> CallAsync(Prompt prompt, string model, string user, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(_options.Deadline, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            var answering = Client().Messages.Create(ClaudeRequest.Of(prompt, model, user, _options), both.Token);
            Failpoint.Hit("O3", prompt.Purpose);
            return await answering;
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception failure) when (failure is not ClaudeFailedException)
        {
            Activity.Current?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw new ClaudeFailedException(deadline.IsCancellationRequested ? ClaudeFailure.Late : Classify(failure), failure);
        }
    }

    private static ClaudeFailure Classify(Exception failure) => failure switch
    {
        AnthropicApiException { StatusCode: System.Net.HttpStatusCode.TooManyRequests } => ClaudeFailure.Limited,
        AnthropicApiException { StatusCode: < System.Net.HttpStatusCode.InternalServerError } => ClaudeFailure.Rejected,
        AnthropicInvalidDataException or System.Text.Json.JsonException => ClaudeFailure.Unreadable,
        _ => ClaudeFailure.Unavailable,
    };

    private static string TextOf(Message answer)
    {
        var stop = answer.StopReason?.Raw() ?? "";
        if (stop.Equals("refusal", StringComparison.OrdinalIgnoreCase))
        {
            throw new ClaudeFailedException(ClaudeFailure.Refused);
        }
        if (!stop.Equals("end_turn", StringComparison.OrdinalIgnoreCase) && !stop.Equals("stop_sequence", StringComparison.OrdinalIgnoreCase))
        {
            throw new ClaudeFailedException(ClaudeFailure.Cut);
        }
        // Thinking may come first: the text is found by its type.
        var text = string.Concat(answer.Content.Select(block => block.TryPickText(out var said) ? said.Text : ""));
        return text.Length is > 0 and <= LongestAnswer ? text : throw new ClaudeFailedException(ClaudeFailure.Unreadable);
    }

    private static TokenUse UseOf(Message answer) => new(
        Believable(answer.Usage.InputTokens),
        Believable(answer.Usage.OutputTokens),
        Believable(answer.Usage.CacheCreationInputTokens ?? 0),
        Believable(answer.Usage.CacheReadInputTokens ?? 0));

    /// <summary>One absurd figure must not spend a location's day, nor give it money back.</summary>
    private static long Believable(long tokens) => Math.Clamp(tokens, 0, MostTokens);

    /// <summary>Made at the first call: a path of this process is known only once it listens.</summary>
    private AnthropicClient Client()
    {
        lock (_gate)
        {
            return _client ??= new AnthropicClient(new ClientOptions
            {
                BaseUrl = self.Resolve(_options.Address),
                ApiKey = string.IsNullOrWhiteSpace(_options.ApiKey) ? "sim" : _options.ApiKey,
                MaxRetries = 0,
                Timeout = TimeSpan.FromMinutes(10),
                HttpClient = new HttpClient(new ClaudeHttp(_options, time, Way)) { Timeout = Timeout.InfiniteTimeSpan },
            });
        }
    }
}
