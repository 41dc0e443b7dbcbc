using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Client;

/// <summary>
/// Fills in what a transaction needs beside its purpose: chain id, nonce, gas price and limit, and the height it is
/// valid until. Gas comes from a trial run, so what the chain would refuse is known before anything is signed.
/// </summary>
public sealed class TransactionBuilder(INodeClient node)
{
    // A slot may be cleared or an order come in between trial and block, and both cost gas.
    private const ulong MarginPercent = 30;
    private const ulong MarginGas = 5_000;
    private const int MaxTrials = 6;

    /// <summary>Throws <see cref="CallRevertedException"/> where the trial run fails.</summary>
    public async Task<PreparedTransaction> PrepareAsync(
        TransactionDraft draft, Address sender, CancellationToken cancellationToken)
    {
        ChainInfo chain = await node.GetChainAsync(cancellationToken);
        AccountInfo account = await node.GetAccountAsync(sender, cancellationToken);
        (Gas expected, Gas limit) = await EstimateAsync(draft, sender, chain, cancellationToken);
        TransactionBody body = new()
        {
            ChainId = chain.ChainId,
            Nonce = draft.Nonce ?? account.NextNonce,
            GasLimit = draft.GasLimit ?? limit,
            GasPrice = chain.GasPrice,
            To = draft.To,
            Value = draft.Value,
            Data = draft.Data,
            ValidUntil = new Height(account.Height.Value + Math.Min(draft.ValidForBlocks, chain.MaxValidityBlocks)),
            MemoHash = draft.Memo is { } memo ? Blake2b.Hash(memo.Span) : Hash32.Zero,
            FeePayer = draft.FeePayer,
        };
        return new PreparedTransaction(body, draft.Memo, expected);
    }

    // Gas used is no limit that suffices: a call hands on only 63/64 of what is left, and refunds come at the end. So
    // a limit is tried before it is trusted.
    private async Task<(Gas Expected, Gas Limit)> EstimateAsync(
        TransactionDraft draft, Address sender, ChainInfo chain, CancellationToken cancellationToken)
    {
        CallMessage message = new(sender, draft.To, draft.Value, draft.Data, draft.GasLimit);
        CallResult first = await node.CallAsync(message, cancellationToken);
        if (!first.Succeeded)
        {
            throw new CallRevertedException(first.Failure, first.Output);
        }

        if (draft.GasLimit is not null || draft.Data.IsEmpty)
        {
            return (first.GasUsed, draft.GasLimit ?? Capped(first.GasUsed.Value, chain));
        }

        ulong limit = first.GasUsed.Value + (first.GasUsed.Value * MarginPercent / 100) + MarginGas;
        for (int trial = 0; trial < MaxTrials; trial++)
        {
            Gas tried = Capped(limit, chain);
            CallResult result = await node.CallAsync(message with { GasLimit = tried }, cancellationToken);
            if (result.Succeeded)
            {
                return (first.GasUsed, tried);
            }

            limit = tried.Value * 2;
        }

        return (first.GasUsed, chain.TransactionGasLimit);
    }

    private static Gas Capped(ulong gas, ChainInfo chain) => new(Math.Min(gas, chain.TransactionGasLimit.Value));
}
