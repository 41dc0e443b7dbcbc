namespace EnergyChain.Dashboard.Network;

/// <summary>Block intervals of about one length.</summary>
/// <param name="Label">From this length on, in seconds.</param>
/// <param name="Count">How many.</param>
public sealed record IntervalBucket(string Label, int Count);
