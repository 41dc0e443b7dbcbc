using System.Numerics;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Benchmarks.Load;

/// <summary>
/// Transactions of one kind. They are all signed before the first node starts, so each is a function of its place
/// alone. Thread-safe.
/// </summary>
internal interface ILoadWorkload
{
    /// <summary>What <c>--workload</c> calls it.</summary>
    string Name { get; }

    /// <summary>Accounts that must have coin from the genesis on, in base units.</summary>
    IReadOnlyList<(Address Account, BigInteger Balance)> Funds { get; }

    /// <summary>
    /// Signs one transaction. The transactions of one lane form chains of nonces in the order of their indexes; no
    /// account sends in two lanes.
    /// </summary>
    /// <param name="lane">From 0: by which node it enters.</param>
    /// <param name="index">From 0: its place in the lane.</param>
    Transaction Sign(int lane, int index);
}
