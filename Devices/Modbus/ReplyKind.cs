namespace EnergyChain.Devices.Modbus;

/// <summary>
/// What a server does with a request; all but <see cref="Normal"/> are misbehaviours for tests and demos.
/// </summary>
public enum ReplyKind
{
    Normal,

    /// <summary>The request is taken and never answered.</summary>
    Silence,

    /// <summary>The connection is reset.</summary>
    Disconnect,

    /// <summary>An exception response with a given code.</summary>
    Exception,

    /// <summary>Bytes that are no Modbus frame.</summary>
    Garbage,

    /// <summary>A right answer under another transaction id.</summary>
    WrongTransaction,
}
