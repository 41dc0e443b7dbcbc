namespace EnergyChain.Devices.Modbus;

/// <summary>Settings of a <see cref="ModbusTcpClient"/>. Defaults suit a real device on a home network.</summary>
public sealed class ModbusTcpClientOptions
{
    /// <summary>Host name or address of the device or gateway.</summary>
    public required string Host { get; init; }

    public int Port { get; init; } = 502;

    /// <summary>Time for one attempt: connecting where needed, sending and the whole answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Further attempts after a failed one; an exception response is an answer and is not retried.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>Wait after the first failed request; doubles with each further one.</summary>
    public TimeSpan BackOffInitial { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan BackOffMaximum { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Least time between two messages; many RTU gateways lose messages that follow closer.</summary>
    public TimeSpan MinimumGap { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Throws when a value is out of range, naming the option, its value and what is allowed.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public void Validate()
    {
        Require(!string.IsNullOrWhiteSpace(Host), nameof(Host), Host, "a host name or an address");
        Require(Port is > 0 and <= 65535, nameof(Port), Port, "1 to 65535");
        Require(RequestTimeout > TimeSpan.Zero, nameof(RequestTimeout), RequestTimeout, "more than zero");
        Require(Retries is >= 0 and <= 10, nameof(Retries), Retries, "0 to 10");
        Require(BackOffInitial >= TimeSpan.Zero, nameof(BackOffInitial), BackOffInitial, "zero or more");
        Require(
            BackOffMaximum >= BackOffInitial, nameof(BackOffMaximum), BackOffMaximum, "at least BackOffInitial");
        Require(MinimumGap >= TimeSpan.Zero, nameof(MinimumGap), MinimumGap, "zero or more");
    }

    private static void Require(bool condition, string option, object? value, string allowed)
    {
        if (!condition)
        {
            throw new ArgumentException($"Modbus option {option} is '{value}'; allowed is {allowed}.");
        }
    }
}
