using EnergyChain.Core.Chain;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>
/// Transactions of one kind. They are all signed before the first node starts, so each is a function of its place
/// alone. Thread-safe.
/// </summary>
internal interface ILoadWorkload
{
    /// <summary>What the genesis must hold for them.</summary>
    LoadNeeds Needs { get; }

    /// <summary>
    /// Signs one transaction. The transactions of one lane form chains of nonces in the order of their indexes; no
    /// account sends in two lanes.
    /// </summary>
    /// <param name="lane">From 0: by which node it enters.</param>
    /// <param name="index">From 0: its place in the lane.</param>
    Transaction Sign(int lane, int index);
}
