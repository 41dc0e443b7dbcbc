using EnergyChain.Contracts.Views;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Erasure;
using EnergyChain.Node.Execution;
using Google.Protobuf.Collections;
using Proto = EnergyChain.Protocol.V1;

namespace EnergyChain.Node.Api;

/// <summary>
/// Keeps erased records out of an answer and collects the decisions about those that were left out, each once.
/// </summary>
internal sealed class ErasedRecords(ErasureBook erasures)
{
    private readonly List<RecordErasure> _left = [];

    /// <summary>FAILED_PRECONDITION, with the decision, where the record of a transaction was erased.</summary>
    public static void Refuse(IChain chain, Hash32 transactionId)
    {
        if (chain.Erasures.TryFind(transactionId, out RecordErasure? erasure))
        {
            throw ApiError.Erased(erasure);
        }
    }

    public static Proto.ErasedRecord Message(RecordErasure erasure) => new()
    {
        TransactionId = erasure.TransactionId.ToString(),
        Decision = erasure.Decision,
        Height = erasure.Height.Value,
        Ground = erasure.Ground.ToString().ToLowerInvariant(),
        Sentence = erasure.Sentence,
    };

    /// <summary>Whether the answer must leave out what a transaction did.</summary>
    public bool LeavesOut(Hash32 transactionId)
    {
        if (!erasures.TryFind(transactionId, out RecordErasure? erasure))
        {
            return false;
        }

        if (!_left.Contains(erasure))
        {
            _left.Add(erasure);
        }

        return true;
    }

    /// <param name="transactionId">As rows have it; other text is of no transaction.</param>
    public bool LeavesOut(string transactionId) =>
        erasures.Count > 0 && Hash32.TryParse(transactionId, out Hash32 id) && LeavesOut(id);

    /// <summary>Names in an answer what was left out of it.</summary>
    public void NameIn(RepeatedField<Proto.ErasedRecord> field) => field.AddRange(_left.Select(Message));
}
