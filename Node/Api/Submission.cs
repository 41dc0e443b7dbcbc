using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Node.Pool;
using Google.Protobuf;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>
/// Transactions that a client hands in with one request: those that can be decoded go through the intake, side by
/// side, and the answers stand in the order of the request.
/// </summary>
internal sealed class Submission(TransactionIntake intake, RefusalText refusals, int count)
{
    private readonly Proto.SubmitTransactionResponse[] _results = new Proto.SubmitTransactionResponse[count];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open = count;

    /// <summary>
    /// The answers. Throws where this node failed at one of them, and where the client has gone.
    /// </summary>
    public async Task<IReadOnlyList<Proto.SubmitTransactionResponse>> RunAsync(
        IReadOnlyList<ByteString> transactions, CancellationToken cancellationToken)
    {
        for (int i = 0; i < transactions.Count; i++)
        {
            if (!intake.IsOpenToClients)
            {
                Put(i, Refused(TransactionRefusal.Overloaded, refusals.Overloaded(intake.Waiting)));
            }
            else if (TryRead(transactions[i], out Transaction? transaction, out Proto.SubmitTransactionResponse? bad))
            {
                await intake.AddOfClientAsync(transaction!, new Place(this, i), cancellationToken);
            }
            else
            {
                Put(i, bad!);
            }
        }

        if (_results.Length > 0)
        {
            await _all.Task.WaitAsync(cancellationToken);
        }

        return _results;
    }

    private static bool TryRead(
        ByteString bytes, out Transaction? transaction, out Proto.SubmitTransactionResponse? refused)
    {
        transaction = null;
        refused = null;
        if (bytes.Length > Limits.MaxTransactionBytes)
        {
            refused = Refused(
                TransactionRefusal.TooLarge,
                $"The transaction has {bytes.Length} bytes; at most {Limits.MaxTransactionBytes} are taken.");
        }
        else if (!Transaction.TryDecode(bytes.Memory, out transaction, out DecodeError error))
        {
            refused = Refused(
                TransactionRefusal.Malformed, $"The bytes are not the canonical encoding of a transaction: {error}.");
        }

        return refused is null;
    }

    private static Proto.SubmitTransactionResponse Refused(TransactionRefusal refusal, string detail) =>
        new() { Refusal = (Proto.TransactionRefusal)(int)refusal, Detail = detail };

    private void Put(int index, Proto.SubmitTransactionResponse result)
    {
        _results[index] = result;
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _all.TrySetResult();
        }
    }

    private sealed class Place(Submission submission, int index) : IIntakeSource
    {
        public void OnDecided(Transaction transaction, TransactionRefusal refusal) => submission.Put(
            index,
            new Proto.SubmitTransactionResponse
            {
                Id = transaction.Id.ToString(),
                Refusal = (Proto.TransactionRefusal)(int)refusal,
                Detail = submission.Describe(refusal, transaction),
            });

        public void OnFailed(Transaction transaction, Exception failure) => submission._all.TrySetException(failure);
    }

    private string Describe(TransactionRefusal refusal, Transaction transaction) =>
        refusals.Describe(refusal, transaction);
}
