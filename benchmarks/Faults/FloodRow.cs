namespace EnergyChain.Benchmarks.Faults;

/// <summary>One phase of the flood benchmark.</summary>
/// <param name="Phase">What was done to the network.</param>
/// <param name="Sent">Honest transactions sent.</param>
/// <param name="Final">Of those, final within the phase's patience.</param>
/// <param name="P50Ms">Median time from submission to commit.</param>
/// <param name="P99Ms">99th percentile; what never came counts as the patience.</param>
/// <param name="Ratio">Of the 99th percentile to that of the quiet phase.</param>
/// <param name="Blocks">Blocks made.</param>
/// <param name="Transactions">Transactions in them.</param>
/// <param name="Attacks">What the attacker did: transactions, votes, connections or requests.</param>
/// <param name="PeakMiB">Most memory of the process, attacker included.</param>
internal sealed record FloodRow(
    string Phase,
    int Sent,
    int Final,
    double P50Ms,
    double P99Ms,
    double Ratio,
    ulong Blocks,
    long Transactions,
    long Attacks,
    double PeakMiB);
