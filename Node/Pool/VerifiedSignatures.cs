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
    private Dictionary<Hash32, (Signature Sender, FeePayerSignature? Payer)> _young = [];
    private Dictionary<Hash32, (Signature Sender, FeePayerSignature? Payer)> _old = [];

    public void Remember(Transaction transaction)
    {
        if (_young.Count >= capacity / 2)
        {
            _old = _young;
            _young = [];
        }

        _young[transaction.Id] = (transaction.Signature, transaction.FeePayerSignature);
    }

    public bool Holds(Transaction transaction)
    {
        bool known = _young.TryGetValue(transaction.Id, out (Signature Sender, FeePayerSignature? Payer) verified)
            || _old.TryGetValue(transaction.Id, out verified);
        return known
            && verified.Sender == transaction.Signature
            && verified.Payer == transaction.FeePayerSignature;
    }
}
