using EnergyChain.Core;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Index;

/// <summary>A place in the chain as one number that orders as the chain does: height, transaction, log.</summary>
internal static class IndexPosition
{
    private const int TransactionBits = 15;
    private const int LogBits = 16;

    /// <summary>Events of a transaction that have a position; a chain may allow more.</summary>
    public const int MaxLogs = 1 << LogBits;

    /// <summary>Above every position.</summary>
    public const ulong Last = long.MaxValue;

    /// <summary>Height below 2^32, transaction below 2^15, log below 2^16.</summary>
    public static ulong Of(Height height, int transaction, int log = 0)
    {
        Invariant.Check(height.Value <= uint.MaxValue);
        Invariant.Check(transaction < 1 << TransactionBits);
        Invariant.Check(log < 1 << LogBits);
        return (height.Value << (TransactionBits + LogBits)) | ((ulong)(uint)transaction << LogBits) | (uint)log;
    }

    public static Height HeightOf(ulong position) => new(position >> (TransactionBits + LogBits));

    public static int TransactionOf(ulong position) => (int)((position >> LogBits) & ((1 << TransactionBits) - 1));

    public static int LogOf(ulong position) => (int)(position & ((1 << LogBits) - 1));
}
