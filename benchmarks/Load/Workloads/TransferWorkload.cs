using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>Plain transfers of one base unit, in turns by sender, each to the sender after it.</summary>
internal sealed class TransferWorkload(int senders, int lanes, ChainParameters parameters) : ILoadWorkload
{
    /// <summary>What <c>--workload</c> calls it.</summary>
    public const string Name = "transfer";

    private const ulong GasLimit = 21_000;

    private readonly SenderKeys _keys = new("sender", senders, lanes);

    public LoadNeeds Needs =>
        new([.. Enumerable.Range(0, _keys.Count).Select(sender => _keys[sender].Address)], [], []);

    public Transaction Sign(int lane, int index)
    {
        (int sender, ulong nonce) = _keys.At(lane, index);
        return LoadTransaction.Sign(
            parameters, _keys[sender], nonce, _keys[(sender + 1) % _keys.Count].Address, GasLimit, UInt256.One);
    }
}
