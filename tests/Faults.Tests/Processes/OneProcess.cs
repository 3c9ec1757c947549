namespace EnterpriseHub.Faults.Tests.Processes;

/// <summary>Standalone with its embedded bus, store and cache; only the upstreams lie outside, as the real ones would.</summary>
internal sealed class OneProcess : ProcessTopology
{
    /// <inheritdoc />
    public override string Name => "standalone";

    /// <inheritdoc />
    public override OpenWork Work => new SqliteWork(Data);

    private string Data => Path.Combine(Folder, "data");

    /// <inheritdoc />
    public override Uri For(string path) => path.StartsWith("/sim", StringComparison.Ordinal) ? Simulator.Address : this["standalone"].Address;

    /// <inheritdoc />
    protected override IEnumerable<ServiceProcess> Make() =>
    [
        new("standalone", "standalone", "EnterpriseHub.Standalone", FreeAddress(), Folder)
        {
            Settings = Common(new Dictionary<string, string>
            {
                ["Store__Directory"] = Data, ["Simulator__Leads__Enabled"] = "false", ["Simulator__WebhookKeyFile"] = Path.Combine(Folder, "own.key"),
                ["Ghl__WebhookKeys__Ed25519__1"] = Path.Combine(Folder, "own.key.pub"),
                ["Admin__GenerateKey"] = "false", ["Security__CreateMasterKey"] = "false", ["Security__MasterKeyFile"] = "",
            }),
        },
    ];
}
