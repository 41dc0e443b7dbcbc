using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Pool;

/// <summary>
/// Transactions whose signatures held, in two generations so that memory is bounded. An id does not cover the
/// signatures, so they are kept and compared. Not thread-safe.
/// </summary>
internal sealed class VerifiedSignatures(int capacity)
{
    private Dictionary<Hash32, Verified> _young = [];
    private Dictionary<Hash32, Verified> _old = [];

    public void Remember(Transaction transaction)
    {
        if (_young.Count >= capacity / 2)
        {
            // These tables are megabytes each: they are used again, not made anew.
            (_old, _young) = (_young, _old);
            _young.Clear();
        }

        _young[transaction.Id] = new Verified(
            transaction.Signature,
            transaction.FeePayerSignature is { } payer ? new StrongBox<FeePayerSignature>(payer) : null);
    }

    public bool Holds(Transaction transaction) => Holds(_young, transaction) || Holds(_old, transaction);

    private static bool Holds(Dictionary<Hash32, Verified> table, Transaction transaction)
    {
        ref readonly Verified verified = ref CollectionsMarshal.GetValueRefOrNullRef(table, transaction.Id);
        return !Unsafe.IsNullRef(in verified)
            && verified.Sender == transaction.Signature
            && verified.Payer?.Value == transaction.FeePayerSignature;
    }

    // Few name a fee payer, and its key and signature would more than double what each takes.
    private readonly record struct Verified(Signature Sender, StrongBox<FeePayerSignature>? Payer);
}
