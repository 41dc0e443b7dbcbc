using System.Net;

namespace EnergyChain.Devices.Modbus;

/// <summary>Settings of a <see cref="ModbusTcpServer"/>.</summary>
public sealed class ModbusTcpServerOptions
{
    /// <summary>Address to listen on. Modbus has no authentication, so the default is loopback only.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port, or 0 for one that the system picks.</summary>
    public int Port { get; init; }

    /// <summary>Connections at a time; a further one is closed at once.</summary>
    public int MaximumConnections { get; init; } = 32;

    /// <summary>A connection without a request for this long is closed.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Throws when a value is out of range, naming the option, its value and what is allowed.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        if (Port is < 0 or > 65535)
        {
            throw new ArgumentException($"Modbus server option Port is {Port}; allowed is 0 to 65535.");
        }

        if (MaximumConnections is < 1 or > 1024)
        {
            throw new ArgumentException(
                $"Modbus server option MaximumConnections is {MaximumConnections}; allowed is 1 to 1024.");
        }

        if (IdleTimeout <= TimeSpan.Zero && IdleTimeout != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException(
                $"Modbus server option IdleTimeout is {IdleTimeout}; allowed is more than zero, or infinite.");
        }
    }
}
