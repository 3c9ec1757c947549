using EnterpriseHub.Contracts.Contacts;
using EnterpriseHub.Contracts.Crm;
using EnterpriseHub.WebhookGateway.MirrorContacts;
using EnterpriseHub.WebhookGateway.PerformCrmActions;
using EnterpriseHub.WebhookGateway.Tests.GhlApi;
using MassTransit;

namespace EnterpriseHub.WebhookGateway.Tests.PerformCrmActions;

public sealed class CrmActionTests
{
    [Theory, BothStores]
    public async Task Adds_and_removes_tags_by_the_tag_calls_and_knows_them_at_once(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        await host.KnowAsync("c1", "old");

        await DoAsync(host, new AddTags { ActionId = "t1:add", LocationId = "loc1", ContactId = "c1", Tags = ["Hot-Lead"] });
        await DoAsync(host, new RemoveTags { ActionId = "t1:remove", LocationId = "loc1", ContactId = "c1", Tags = ["old"] });

        Assert.Equal(["Hot-Lead"], Assert.IsType<List<string>>(host.Ghl.State.Contacts["c1"]["tags"]));
        var mirror = await host.Get<ContactMirror>().FreshAsync("loc1", "c1", TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        Assert.Equal(["Hot-Lead"], mirror!.Tags);
        await host.HeardAsync<ContactChanged>(one => one.Change == "tags" && one.Contact!.Tags.SequenceEqual(["Hot-Lead"]));
        Assert.Single(host.Ghl.Of("GET /contacts/c1"));
    }

    [Theory, BothStores]
    public async Task Writes_custom_fields_by_id_and_nothing_else(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);

        await DoAsync(host, new SetCustomFields { ActionId = "t1:fields", LocationId = "loc1", ContactId = "c1", Fields = new Dictionary<string, string> { ["f1"] = "450k" } });

        var put = Assert.Single(host.Ghl.Of("PUT /contacts/c1")).Json;
        Assert.Equal("""{"customFields":[{"id":"f1","field_value":"450k"}]}""", put.ToJsonString());
    }

    [Theory, BothStores]
    public async Task Moves_an_open_opportunity_and_makes_one_where_there_is_none(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        var move = new MoveOpportunity { ActionId = "t1:move", LocationId = "loc1", ContactId = "c1", PipelineId = "p1", StageId = "warm", Name = "Jane" };

        await DoAsync(host, move);
        await DoAsync(host, move with { ActionId = "t2:move", StageId = "hot" });
        await DoAsync(host, move with { ActionId = "t3:move", StageId = "hot" });

        Assert.Equal(["hot"], host.Ghl.State.Opportunities.Values);
        Assert.Single(host.Ghl.Of("POST /opportunities/upsert"));
        Assert.Equal(1, host.Ghl.Seen.Count(one => one.Method == "PUT"));
    }

    [Theory, BothStores]
    public async Task A_command_that_comes_twice_is_done_once(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store);
        var enroll = new EnrollInWorkflow { ActionId = "t1:enroll", LocationId = "loc1", ContactId = "c1", WorkflowId = "w1" };

        await Task.WhenAll(DoAsync(host, enroll), DoAsync(host, enroll), DoAsync(host, enroll));

        Assert.Equal(("c1", "w1"), Assert.Single(host.Ghl.State.Enrolments));
    }

    [Theory]
    [InlineData("500", "held/unconfirmed", 1)]
    [InlineData("cut", "held/unconfirmed", 1)]
    [InlineData("429", "done", 2)]
    [InlineData("400", "failed/refused", 1)]
    public async Task An_enrolment_is_never_repeated_after_an_unknown_outcome(string how, string end, int calls)
    {
        const string Path = "POST /contacts/c1/workflow/w1";
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        if (how == "cut")
        {
            host.Ghl.NextCut(Path, done: true);
        }
        else
        {
            host.Ghl.NextButDone(Path, Answer.Error(int.Parse(how), "no"));
        }

        await DoAsync(host, new EnrollInWorkflow { ActionId = "a1", LocationId = "loc1", ContactId = "c1", WorkflowId = "w1" });
        host.Clock.Move(TimeSpan.FromMinutes(5));
        await SweepAsync(host);

        Assert.Equal(end, await EndAsync(host));
        Assert.Equal(calls, host.Ghl.Of(Path).Count);
        await host.HeardAsync<CrmActionSettled>(one => one.ActionId == "a1" && end.StartsWith(one.State, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_enrolment_whose_process_died_is_held_and_a_tag_is_tried_again()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        await DoAsync(host, new EnrollInWorkflow { ActionId = "a1", LocationId = "loc1", ContactId = "c1", WorkflowId = "w1" });
        await DoAsync(host, new AddTags { ActionId = "a2", LocationId = "loc1", ContactId = "c1", Tags = ["x"] });
        await host.ExecuteAsync("UPDATE crm_action SET state = 'running', due_at = 0");

        await SweepAsync(host);
        await SweepAsync(host);

        Assert.Equal("held/unconfirmed", await EndAsync(host));
        Assert.Equal("done", await EndAsync(host, "a2"));
        Assert.Single(host.Ghl.State.Enrolments);
        Assert.Equal(2, host.Ghl.Of("POST /contacts/c1/tags").Count);
    }

    [Fact]
    public async Task What_may_be_repeated_is_repeated_until_it_is_done()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Ghl.Next("POST /contacts/c1/tags", Answer.Error(500, "down"));
        host.Ghl.NextCut("POST /contacts/c1/tags", done: true);
        await DoAsync(host, new AddTags { ActionId = "a1", LocationId = "loc1", ContactId = "c1", Tags = ["x"] });

        for (var pass = 0; pass < 3; pass++)
        {
            host.Clock.Move(TimeSpan.FromMinutes(1));
            await SweepAsync(host);
        }

        Assert.Equal("done", await EndAsync(host));
        Assert.Equal(3, host.Ghl.Of("POST /contacts/c1/tags").Count);
    }

    [Fact]
    public async Task Nothing_is_done_for_a_location_at_rest()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        host.Locations.Change(location => location with { Active = false });

        await DoAsync(host, new AddTags { ActionId = "a1", LocationId = "loc1", ContactId = "c1", Tags = ["x"] });

        Assert.Empty(host.Ghl.Seen);
        Assert.Equal("failed/location_inactive", await EndAsync(host));
    }

    [Theory, BothStores]
    public async Task Actions_leave_the_replies_their_reserve(string store)
    {
        await using var host = await DeliveryHost.StartAsync(store, "--Ghl:RateLimit=6", "--Ghl:ReserveForReplies=3");
        await host.KnowAsync();
        for (var which = 0; which < 5; which++)
        {
            await DoAsync(host, new AddTags { ActionId = "a" + which, LocationId = "loc1", ContactId = "c1", Tags = ["x"] });
        }

        for (var turn = 0; turn < 3; turn++)
        {
            await host.SendAsync(host.Reply("turn" + turn) with { ConversationId = "conv" + turn });
        }

        // One read of the contact, two tags, three replies.
        Assert.Equal(2, host.Ghl.Of("POST /contacts/c1/tags").Count);
        Assert.Equal(3, host.Ghl.Of(FakeGhl.Send).Count);
        Assert.Equal(3, await host.ValueAsync<long>("SELECT COUNT(*) FROM crm_action WHERE state = 'planned' AND attempts = 0"));
    }

    [Fact]
    public async Task Every_command_has_its_consumer_on_the_bus()
    {
        await using var host = await DeliveryHost.StartAsync("Sqlite");
        var bus = host.Get<IBus>();
        var cancellation = TestContext.Current.CancellationToken;
        await bus.Publish(new AddTags { ActionId = "1", LocationId = "loc1", ContactId = "c1", Tags = ["x"] }, cancellation);
        await bus.Publish(new RemoveTags { ActionId = "2", LocationId = "loc1", ContactId = "c1", Tags = ["x"] }, cancellation);
        await bus.Publish(new SetCustomFields { ActionId = "3", LocationId = "loc1", ContactId = "c1", Fields = new Dictionary<string, string> { ["f"] = "v" } }, cancellation);
        await bus.Publish(new EnrollInWorkflow { ActionId = "4", LocationId = "loc1", ContactId = "c1", WorkflowId = "w" }, cancellation);
        await bus.Publish(new MoveOpportunity { ActionId = "5", LocationId = "loc1", ContactId = "c1", PipelineId = "p", StageId = "s", Name = "n" }, cancellation);

        foreach (var action in new[] { "add_tags", "remove_tags", "set_custom_fields", "enroll_in_workflow", "move_opportunity" })
        {
            Assert.Equal("done", (await host.HeardAsync<CrmActionSettled>(one => one.Action == action)).State);
        }
    }

    private static Task DoAsync(DeliveryHost host, object command)
    {
        var json = System.Text.Json.JsonSerializer.SerializeToElement(command, command.GetType(), CrmCalls.Json);
        var planned = new CrmAction
        {
            ActionId = json.GetProperty("actionId").GetString()!,
            LocationId = "loc1",
            ContactId = "c1",
            Action = command switch
            {
                AddTags => CrmActionNames.AddTags,
                RemoveTags => CrmActionNames.RemoveTags,
                SetCustomFields => CrmActionNames.SetCustomFields,
                EnrollInWorkflow => CrmActionNames.EnrollInWorkflow,
                _ => CrmActionNames.MoveOpportunity,
            },
            Command = json.GetRawText(),
            State = "planned",
            Attempts = 0,
        };
        return host.Get<PerformCrmAction>().RunAsync(planned.ActionId, planned, TestContext.Current.CancellationToken);
    }

    private static Task SweepAsync(DeliveryHost host) => host.Get<PerformDueCrmActions>().OnceAsync(TestContext.Current.CancellationToken);

    private static async Task<string> EndAsync(DeliveryHost host, string action = "a1") => (await host.ValueAsync<string>(
        "SELECT CASE WHEN reason IS NULL THEN state ELSE state || '/' || reason END FROM crm_action WHERE action_id = @action", new { action }))!;
}
