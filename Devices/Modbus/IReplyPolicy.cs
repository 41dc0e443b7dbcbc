namespace EnergyChain.Devices.Modbus;

/// <summary>Decides for each connection and request whether a server behaves. Called concurrently.</summary>
public interface IReplyPolicy
{
    /// <summary>False resets a new connection at once.</summary>
    bool AcceptsConnections { get; }

    /// <summary>What to do with a request to a unit.</summary>
    /// <param name="unit">The addressed unit.</param>
    /// <param name="exception">The code to answer with <see cref="ReplyKind.Exception"/>.</param>
    ReplyKind Decide(byte unit, out ModbusExceptionCode exception);
}
