using System.Numerics;
using System.Text;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Setup;

namespace EnergyChain.Benchmarks.Load;

/// <summary>Plain transfers of one base unit, in turns by sender, each to the sender after it.</summary>
internal sealed class TransferWorkload : ILoadWorkload
{
    public const string WorkloadName = "transfer";

    private const ulong GasLimit = 21_000;
    private const ulong ValidUntil = 90_000;

    private readonly SigningKey[] _keys;
    private readonly ChainParameters _parameters;
    private readonly int _lanes;

    /// <param name="senders">Accounts; those of a lane are every lanes-th, at least one.</param>
    /// <param name="lanes">Nodes by which they enter.</param>
    /// <param name="parameters">Those of the chain.</param>
    public TransferWorkload(int senders, int lanes, ChainParameters parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(senders, lanes);
        _keys = [.. Enumerable.Range(0, senders).Select(KeyOf)];
        _lanes = lanes;
        _parameters = parameters;
        Funds = [.. _keys.Select(key => (key.Address, GenesisPlan.Coin * 1_000))];
    }

    public string Name => WorkloadName;

    public IReadOnlyList<(Address Account, BigInteger Balance)> Funds { get; }

    public Transaction Sign(int lane, int index)
    {
        int inLane = (_keys.Length - lane + _lanes - 1) / _lanes;
        int sender = lane + (index % inLane * _lanes);
        return new TransactionBody
        {
            ChainId = _parameters.ChainId,
            Nonce = (ulong)(index / inLane),
            GasLimit = new Gas(GasLimit),
            GasPrice = _parameters.GasPrice,
            To = _keys[(sender + 1) % _keys.Length].Address,
            Value = UInt256.One,
            ValidUntil = new Height(ValidUntil),
        }.Sign(_keys[sender]);
    }

    private static SigningKey KeyOf(int number) =>
        SigningKey.FromSeed(Blake2b.Hash(Encoding.ASCII.GetBytes($"load benchmark sender {number}")).ToArray());
}
