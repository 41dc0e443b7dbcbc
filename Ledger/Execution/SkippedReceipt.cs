using System.Text;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Ledger.Execution;

/// <summary>
/// The receipt of a transaction that a block holds and that breaks the chain's rules. Validators refuse such blocks
/// (<see cref="BlockAdmission"/>); should a council certify one all the same, every node skips the transaction alike:
/// nothing changes, no gas is used, which no executed transaction can show.
/// </summary>
public static class SkippedReceipt
{
    /// <summary>Its output is the ASCII name of the refusal.</summary>
    public static Receipt Of(Hash32 transactionId, TransactionRefusal refusal) => new(
        transactionId, false, default, null, [], Encoding.ASCII.GetBytes(refusal.ToString()));

    public static bool Is(Receipt receipt) => receipt.GasUsed.Value == 0;
}
