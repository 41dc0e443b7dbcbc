namespace EnergyChain.Client.Light;

/// <summary>What a light client accepts.</summary>
public sealed class LightClientOptions
{
    /// <summary>
    /// How far the time of the head may lie before or after this machine's clock: a node that keeps newer blocks back
    /// shows only by this.
    /// </summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(2);
}
