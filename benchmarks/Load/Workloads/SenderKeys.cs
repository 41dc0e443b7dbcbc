using System.Text;
using EnergyChain.Core.Crypto;

namespace EnergyChain.Benchmarks.Load.Workloads;

/// <summary>
/// Keys that send in turns. Those of a lane are every lanes-th: its transactions go round among them, so that the place
/// of a transaction says who sends it and with which nonce.
/// </summary>
internal sealed class SenderKeys
{
    private readonly SigningKey[] _keys;
    private readonly int _lanes;

    /// <param name="kind">What they are; other kinds have other keys.</param>
    /// <param name="count">How many, at least one for each lane.</param>
    /// <param name="lanes">Nodes by which their transactions enter.</param>
    public SenderKeys(string kind, int count, int lanes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, lanes);
        _keys = [.. Enumerable.Range(0, count).Select(number => KeyOf(kind, number))];
        _lanes = lanes;
    }

    public int Count => _keys.Length;

    public SigningKey this[int sender] => _keys[sender];

    /// <summary>Who sends at a place of a lane, and with which nonce.</summary>
    public (int Sender, ulong Nonce) At(int lane, int index)
    {
        int inLane = (_keys.Length - lane + _lanes - 1) / _lanes;
        return (lane + (index % inLane * _lanes), (ulong)(index / inLane));
    }

    /// <summary>A key that anyone can derive: worthless on purpose.</summary>
    public static SigningKey KeyOf(string kind, int number) => SigningKey.FromSeed(
        Blake2b.Hash(Encoding.ASCII.GetBytes($"energychain load benchmark {kind} {number}")).ToArray());
}
