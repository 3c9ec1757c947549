using EnterpriseHub.TestKit.Repository;

namespace EnterpriseHub.Architecture.Tests.Deploy;

/// <summary>Row-level security binds the role that each deployment gives the services, and a start with another is refused.</summary>
public sealed class DatabaseRoleTests
{
    [Theory]
    [InlineData("deploy", "compose", "make-hub-role.sh")]
    [InlineData("deploy", "local", "backends", "postgres.sh")]
    public void The_products_role_is_made_without_the_right_to_pass_by(params string[] path)
    {
        var role = Assert.Single(File.ReadAllLines(RepositoryRoot.Of(path)), line => line.StartsWith("CREATE ROLE", StringComparison.Ordinal));
        Assert.StartsWith("CREATE ROLE hub LOGIN", role, StringComparison.Ordinal);
        Assert.Contains(" NOSUPERUSER NOBYPASSRLS ", role, StringComparison.Ordinal);
    }

    /// <summary>The user that the image makes is a superuser.</summary>
    [Fact]
    public void In_compose_the_services_are_not_the_images_own_user()
    {
        var compose = Yaml.Documents(File.ReadAllText(RepositoryRoot.Of("docker-compose.yml"))).Single();
        var own = compose["services"]!["postgres"]!["environment"]!["POSTGRES_USER"]!.GetValue<string>();
        var connection = compose["x-settings"]!["Store__ConnectionString"]!.GetValue<string>();
        Assert.Contains("Username=hub;", connection, StringComparison.Ordinal);
        Assert.NotEqual("hub", own);
    }

    [Theory]
    [InlineData("""Store__RequireRowSecurity: "true" """, "docker-compose.yml")]
    [InlineData("""Store__RequireRowSecurity: "true" """, "deploy", "kubernetes", "base", "settings.yaml")]
    [InlineData("Store__RequireRowSecurity=true", "deploy", "local", "topology.sh")]
    public void Another_role_is_refused(string setting, params string[] path) =>
        Assert.Contains(setting.Trim(), File.ReadAllText(RepositoryRoot.Of(path)), StringComparison.Ordinal);
}
