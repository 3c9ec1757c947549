using System.Net;
using EnterpriseHub.Platform.Security;
using EnterpriseHub.TestKit.Access;
using EnterpriseHub.TestKit.Topologies;

namespace EnterpriseHub.Flow.Tests.Access;

/// <summary>
/// One location's callers and another's data, at every endpoint and for every role. The rule: a role that is too low is told so (403)
/// before anything is looked up; for any other caller what belongs to another location does not exist (404).
/// </summary>
public abstract class TenancySpecs(Neighbours neighbours)
{
    public static TheoryData<HubRole> Roles => [.. Enum.GetValues<HubRole>()];

    [Fact]
    public void The_table_names_every_endpoint_and_no_other() => Assert.Equal(
        AccessTable.Guarded.Select(line => line.Endpoint).Concat(AccessTable.Open.Keys).Order(StringComparer.Ordinal),
        neighbours.Hub.Hosts.SelectMany(host => ProductEndpoints.Of(host.Services)));

    [Fact]
    public void What_takes_an_id_says_how_to_ask_for_it() =>
        Assert.All(AccessTable.Guarded.Where(line => line.Route.Contains('{', StringComparison.Ordinal)), line => Assert.NotEmpty(line.Asks));

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task What_is_anothers_is_answered_as_what_nobody_has_with_404_or_403_for_a_role_too_low(HubRole role)
    {
        var asked = 0;
        foreach (var line in AccessTable.Guarded)
        {
            var expected = role < line.Role ? HttpStatusCode.Forbidden : HttpStatusCode.NotFound;
            foreach (var ask in line.Asks)
            {
                var madeUp = Place.MadeUp();
                var theirs = await AskAsync(role, line, ask(neighbours.Theirs));
                var nobodys = await AskAsync(role, line, ask(madeUp));
                Assert.True(expected == theirs.Status, $"{line} as {role}: {(int)theirs.Status} {theirs.Body}");
                Assert.Equal(nobodys.Without(madeUp), theirs.Without(neighbours.Theirs));
                asked++;
            }
        }
        Assert.InRange(asked, 18, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task Each_role_may_do_what_the_table_says_and_what_it_gets_is_its_own(HubRole role)
    {
        var ours = 0;
        foreach (var line in AccessTable.Guarded.Where(line => line.IsList))
        {
            var answer = await AskAsync(role, line, new Ask(line.Route));
            Assert.True(role < line.Role == (answer.Status == HttpStatusCode.Forbidden), $"{line} as {role}: {(int)answer.Status}");
            Assert.All(neighbours.Theirs.Traces, trace => Assert.DoesNotContain(trace, answer.Body, StringComparison.Ordinal));
            ours += Shows(answer, neighbours.Ours);
        }
        // So that a silent product does not pass: lists that show the caller's own.
        Assert.InRange(ours, 7, int.MaxValue);
    }

    [Fact]
    public async Task A_caller_of_no_location_sees_both_in_the_same_lists()
    {
        var both = 0;
        foreach (var line in AccessTable.Guarded.Where(line => line.IsList))
        {
            var answer = await neighbours.Door.AskAsync(Topology.AdminKey, line.Method, new Ask(line.Route));
            both += Shows(answer, neighbours.Ours) * Shows(answer, neighbours.Theirs);
        }
        Assert.InRange(both, 6, int.MaxValue);
    }

    [Fact]
    public async Task Every_way_of_asking_finds_what_is_ones_own()
    {
        foreach (var line in AccessTable.Guarded)
        {
            foreach (var ask in line.Asks)
            {
                var answer = await neighbours.Door.AskAsync(neighbours.SpareAdmin, line.Method, ask(neighbours.Spare));
                Assert.True((int)answer.Status is >= 200 and < 300, $"{line}: {(int)answer.Status} {answer.Body}");
                Assert.All(neighbours.Theirs.Traces, trace => Assert.DoesNotContain(trace, answer.Body, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Anonymous_answers_name_no_location()
    {
        foreach (var path in (string[])["/metrics", "/openapi/v1.json", "/health/ready", "/"])
        {
            var answer = await neighbours.Door.AskAsync(_ => { }, HttpMethod.Get, neighbours.Hub.For(path), new Ask(path));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.All(neighbours.Theirs.Traces, trace => Assert.DoesNotContain(trace, answer.Body, StringComparison.Ordinal));
        }
    }

    private static int Shows(Answer answer, Place place) => place.Traces.Any(trace => answer.Body.Contains(trace, StringComparison.Ordinal)) ? 1 : 0;

    private Task<Answer> AskAsync(HubRole role, Guarded line, Ask ask) => neighbours.Door.AskAsync(neighbours.KeyOf(role), line.Method, ask);
}

public sealed class SqliteTenancyTests(SqliteNeighbours neighbours) : TenancySpecs(neighbours), IClassFixture<SqliteNeighbours>;

public sealed class PostgresTenancyTests : TenancySpecs, IClassFixture<PostgresNeighbours>
{
    public PostgresTenancyTests(PostgresNeighbours neighbours)
        : base(neighbours) => neighbours.Backends.Require();
}
