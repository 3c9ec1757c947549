using System.ComponentModel.DataAnnotations;

namespace EnterpriseHub.Platform.Storage;

/// <summary>Where state lives; section <c>Store</c>.</summary>
public sealed class StoreOptions
{
    /// <summary>Backend name.</summary>
    /// <value><c>Postgres</c> or <c>Sqlite</c>; no default.</value>
    public string? Provider { get; init; }

    /// <summary>Connection string of the PostgreSQL server; each module uses its own schema in it.</summary>
    /// <value>No default; required by <c>Postgres</c>.</value>
    public string? ConnectionString { get; init; }

    /// <summary>Folder of the embedded database files, one a module; relative to the working directory.</summary>
    /// <value>Default <c>.data</c>; used by <c>Sqlite</c>.</value>
    public string Directory { get; init; } = ".data";

    /// <summary>Connections a module keeps to PostgreSQL at most.</summary>
    /// <value>Default 30; 2 to 500.</value>
    [Range(2, 500, ErrorMessage = "Store:MaxConnections must be 2 to 500.")]
    public int MaxConnections { get; init; } = 30;

    /// <summary>Seconds that a start waits for a PostgreSQL that does not answer yet.</summary>
    /// <value>Default 60; 0 to 3600.</value>
    [Range(0, 3600, ErrorMessage = "Store:StartPatienceSeconds must be 0 to 3600.")]
    public int StartPatienceSeconds { get; init; } = 60;

    /// <summary>
    /// Refuses to start with a PostgreSQL role that passes by row-level security (SUPERUSER or BYPASSRLS); without it such a role is warned of.
    /// </summary>
    /// <value>Default false; true in the deployments that come with the product.</value>
    public bool RequireRowSecurity { get; init; }
}
