namespace EnergyChain.Processes.Links;

/// <summary>What one direction between two nodes does to what is sent over it. The default is a perfect one.</summary>
/// <param name="Latency">How long every byte is under way.</param>
/// <param name="BytesPerSecond">How fast bytes go in; 0 for no limit.</param>
/// <param name="IsCut">
/// Whether packets vanish, those of new connections too. Nobody is told: what was sent arrives once it is mended.
/// </param>
public readonly record struct LinkQuality(TimeSpan Latency, long BytesPerSecond = 0, bool IsCut = false);
