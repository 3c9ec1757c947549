using EnterpriseHub.LoadTests.Floor;
using EnterpriseHub.LoadTests.Measuring;
using EnterpriseHub.LoadTests.Reports;
using EnterpriseHub.LoadTests.Scenarios;
using EnterpriseHub.LoadTests.Traffic;
using EnterpriseHub.Simulator.Control;
using EnterpriseHub.TestKit.Traffic;

namespace EnterpriseHub.LoadTests.Running;

/// <summary>Runs one scenario against a running product, floor and product in turns, and judges it.</summary>
internal sealed class ScenarioRunner : IDisposable
{
    private const double StageFloorSeconds = 5;

    private readonly Target _target;
    private readonly Scenario _scenario;
    private readonly TimeProvider _time;
    private readonly string _run;
    private readonly PreciseDelay _delay;
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 2048, UseProxy = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly SimulatedGhl _ghl;
    private readonly LedgerFollower _ledger;
    private readonly WindowRunner _windows;
    private readonly Locations _locations;

    public ScenarioRunner(Target target, Scenario scenario, TimeProvider time)
    {
        (_target, _scenario, _time) = (target, scenario, time);
        _run = $"r{time.GetUtcNow().ToUnixTimeSeconds()}";
        _delay = new PreciseDelay(time);
        _ghl = new SimulatedGhl(_http, target.Simulator);
        _ledger = new LedgerFollower(_ghl, time);
        _windows = new WindowRunner(target, _http, _ledger, _delay, time, _run);
        _locations = new Locations(_http, target, _run);
    }

    /// <param name="machine">Of the run.</param>
    /// <param name="say">Takes a line of progress.</param>
    /// <param name="cancellation">Ends the run.</param>
    public async Task<ScenarioResult> RunAsync(Machine machine, Action<string> say, CancellationToken cancellation)
    {
        var result = new ScenarioResult
        {
            Scenario = _scenario.Name, Topology = _target.Topology, Question = _scenario.Question, StartedAt = _time.GetUtcNow(), Machine = machine, Settings = _scenario.Settings,
        };
        if (_scenario.Starts > 0)
        {
            return result with { Start = await new StartRunner(_target, _http, _ledger, _locations, _time, _run).RunAsync(_scenario.Starts, say, cancellation) };
        }
        var silent = await _locations.ProvideSilentAsync(cancellation);
        var warmUp = await WarmUpAsync(silent, cancellation);
        var floors = await StageFloorsAsync(_scenario.Steps[0].Messages.HighestRate * _scenario.Steps[0].Mix.WebhooksPerMessage, cancellation);
        var runs = new List<StepRun>();
        foreach (var step in _scenario.Steps)
        {
            say($"{_target.Topology} {_scenario.Name}: {step.Name}");
            runs.Add(await StepAsync(step, silent, cancellation) with { Unmeasured = runs.Count == 0 ? [warmUp] : [] });
            var soFar = StepReport.Of(runs[^1]);
            say($"  {StepReport.InOneLine(soFar)}");
            if (_scenario.UntilSaturated && StepReport.IsSaturated(soFar))
            {
                break;
            }
        }
        await Task.Delay(_scenario.Afterwards, _time, cancellation);
        await _ledger.PollAsync(cancellation);
        var steps = runs.Select(StepReport.Of).ToList();
        return result with
        {
            Steps = steps,
            StageFloors = floors,
            Samples = [.. runs.SelectMany(run => run.Samples)],
            Stages = await new StageReader(_target, _http).ReadAsync(runs[^1].Product[^1].Handovers, cancellation),
        };
    }

    public void Dispose()
    {
        _http.Dispose();
        _delay.Dispose();
    }

    /// <summary>Compiles and connects, on both sides; nothing of it is measured, but it is judged with the first step.</summary>
    private async Task<Window> WarmUpAsync(string silent, CancellationToken cancellation)
    {
        var step = new Step { Name = "warm-up", Messages = RateProfile.Constant(Math.Min(20, _scenario.Steps[0].Messages.HighestRate), 8), FloorCourse = RateProfile.Constant(20, 2) };
        await SetLatencyAsync(step.Upstream, cancellation);
        await _windows.FloorAsync(step, cancellation);
        return await _windows.ProductAsync(step, step.Messages, await _locations.ProvideAsync(step.LocationCount, step.SettleWindow, cancellation), silent, cancellation);
    }

    private async Task<StepRun> StepAsync(Step step, string silent, CancellationToken cancellation)
    {
        await SetLatencyAsync(step.Upstream, cancellation);
        var locations = await _locations.ProvideAsync(step.LocationCount, step.SettleWindow, cancellation);
        List<Window> product = [], floor = [];
        List<Disturbance> disturbances = [];
        List<Sample> samples = [];
        for (var round = 0; round < step.Rounds; round++)
        {
            floor.Add(await _windows.FloorAsync(step, cancellation));
            var load = _windows.ProductAsync(step, step.Messages, locations, silent, cancellation);
            var outages = new Outages(_target, _time, step.Outages).WhileAsync(load, cancellation);
            if (_scenario.SampleEvery > 0)
            {
                samples.AddRange(await new Sampler(_target, _http, _time).UntilAsync(load, TimeSpan.FromSeconds(_scenario.SampleEvery), cancellation));
            }
            product.Add(await load);
            disturbances.AddRange(await outages);
        }
        floor.Add(await _windows.FloorAsync(step, cancellation));
        return new StepRun(step, product, floor) { Disturbances = disturbances, Samples = samples };
    }

    private async Task<IReadOnlyDictionary<string, Distribution>> StageFloorsAsync(double rate, CancellationToken cancellation)
    {
        var found = new Dictionary<string, Distribution>(StringComparer.Ordinal);
        List<IStageFloor> stages = [];
        if (_target.RabbitMq is { } broker)
        {
            stages.Add(await BrokerFloor.OpenAsync(broker, cancellation));
        }
        stages.Add(_target.Postgres is { } store ? await PostgresFloor.OpenAsync(store, cancellation) : await SqliteFloor.OpenAsync(_target.Data!, cancellation));
        foreach (var stage in stages)
        {
            await using (stage)
            {
                found[stage.Name] = await _windows.StageAsync(stage, rate, StageFloorSeconds, cancellation);
            }
        }
        return found;
    }

    private Task SetLatencyAsync(UpstreamLatency upstream, CancellationToken cancellation) =>
        _ghl.SetLatencyAsync(upstream.Analysis, upstream.Draft, upstream.Ghl, cancellation);
}
