namespace EnterpriseHub.Model.Tests.Ports;

/// <summary>What GHL does with a POST, and what it says of it.</summary>
public enum PostOutcome
{
    Ok,
    ErrorSaved,
    ErrorLost,
    TimeoutSaved,
    TimeoutLost,
    ResetSaved,
    UnreadableSaved,
    Limited,
    Unauthorized,
    Dnd,
    Unreachable,

    /// <summary>It times out, and GHL takes it up only after our last read: the residual risk that is stated openly.</summary>
    SavedAfterLastRead,
}
