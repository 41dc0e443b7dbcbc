using EnergyChain.Core.Chain;
using EnergyChain.Core.Numerics;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;
using EnergyChain.Vm.State;
using EnergyChain.Vm.Tracing;

namespace EnergyChain.Ledger.Execution;

/// <summary>
/// Executes one transaction of a block on the block's overlay: nonce, escrow of the highest fee from the gas payer,
/// the message, refund, fee to the proposer. A message that fails keeps nonce and fee and nothing else.
/// </summary>
internal sealed class TransactionProcessor(EvmMachine machine, ChainParameters parameters)
{
    // EIP-3529: at most a fifth of the gas used comes back for cleared storage.
    private const ulong RefundQuotient = 5;

    /// <summary>Never throws for anything a transaction can hold; one that breaks the rules is skipped.</summary>
    public Receipt Execute(
        Transaction transaction, in BlockEnvironment block, StateOverlay state, ITracer? tracer = null)
    {
        TransactionRefusal refusal = Check(transaction, block.Number, state);
        if (refusal != TransactionRefusal.None)
        {
            return SkippedReceipt.Of(transaction.Id, refusal);
        }

        state.BeginTransaction();
        state.SubtractBalance(transaction.GasPayer, TransactionCost.MaximumFee(transaction.Body, parameters));
        state.IncrementNonce(transaction.Sender);
        ulong gasUsed = Run(transaction, block, state, tracer, out ExecutionResult result);
        Settle(transaction, gasUsed, block.Coinbase, state);
        state.EndTransaction();
        return new Receipt(
            transaction.Id,
            result.IsSuccess,
            new Gas(gasUsed),
            result.CreatedAddress,
            result.Logs,
            result.ReturnData[..Math.Min(result.ReturnData.Length, Receipt.MaxOutputBytes)]);
    }

    private TransactionRefusal Check(Transaction transaction, Height height, StateOverlay state)
    {
        TransactionRefusal form = TransactionRules.CheckForm(transaction, height, parameters);
        if (form != TransactionRefusal.None)
        {
            return form;
        }

        ulong expected = state.GetNonce(transaction.Sender);
        if (transaction.Body.Nonce != expected || expected == ulong.MaxValue)
        {
            return transaction.Body.Nonce < expected ? TransactionRefusal.NonceTooLow : TransactionRefusal.NonceTooHigh;
        }

        UInt256 senderBalance = state.GetBalance(transaction.Sender);
        UInt256 payerBalance = transaction.GasPayer == transaction.Sender
            ? senderBalance
            : state.GetBalance(transaction.GasPayer);
        return TransactionRules.CheckBalances(transaction, parameters, senderBalance, payerBalance);
    }

    /// <summary>Runs the message and gives the gas to pay for, the intrinsic gas included.</summary>
    private ulong Run(
        Transaction transaction,
        in BlockEnvironment block,
        StateOverlay state,
        ITracer? tracer,
        out ExecutionResult result)
    {
        TransactionBody body = transaction.Body;
        ulong intrinsic = IntrinsicGas.Of(body.Data.Span, body.To is null);
        CallMessage message = new(
            transaction.Sender, body.To, body.Value, body.Data, body.GasLimit.Value - intrinsic);
        TransactionEnvironment environment = new(transaction.Sender, parameters.GasPrice);
        result = machine.Execute(block, environment, message, state, tracer);
        ulong spent = intrinsic + result.GasUsed;
        return spent - Math.Min(result.GasRefund, spent / RefundQuotient);
    }

    private void Settle(Transaction transaction, ulong gasUsed, Address proposer, StateOverlay state)
    {
        UInt256 fee = TransactionCost.FeeOf(gasUsed, parameters);
        UInt256 escrow = TransactionCost.MaximumFee(transaction.Body, parameters);
        state.AddBalance(transaction.GasPayer, escrow - fee);
        state.AddBalance(proposer, fee);
    }
}
