using EnergyChain.Contracts;
using EnergyChain.Contracts.Events;
using EnergyChain.Contracts.Views;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm.State;

namespace EnergyChain.Node.Erasure;

/// <summary>Where the council's decisions to erase are found: in its contract's storage, and in its events.</summary>
internal static class ErasureDecisions
{
    /// <summary>
    /// All decisions in a state, in their order. Reads words and runs no code, so that no gas limit hides one. None
    /// where the chain has no council contract.
    /// </summary>
    public static IReadOnlyList<RecordErasure> In(IStateReader state)
    {
        ContractStorageReader storage = new(
            CouncilContract.Artifact.StorageLayout,
            slot => state.GetStorage(CouncilContract.Address, slot));
        ulong count = (ulong)storage.Get("_erasureCount");
        List<RecordErasure> found = [];
        byte[] id = new byte[Hash32.Size];
        for (ulong index = 0; index < count; index++)
        {
            storage.GetMappedMember("_erasures", index, "transactionId").WriteBigEndian(id);
            if (!id.AsSpan().ContainsAnyExcept((byte)0))
            {
                // Storage of a contract that is not ours: no decision is about no transaction.
                break;
            }

            found.Add(new RecordErasure(
                new Hash32(id),
                (ulong)storage.GetMappedMember("_erasures", index, "decision"),
                new Height((ulong)storage.GetMappedMember("_erasures", index, "height")),
                (ErasureGround)(byte)storage.GetMappedMember("_erasures", index, "ground")));
        }

        return found;
    }

    /// <summary>Those that the chain's call of the council contract made in a block.</summary>
    public static IEnumerable<RecordErasure> In(IReadOnlyList<LogEntry> logs)
    {
        foreach (LogEntry log in logs)
        {
            if (log.Address == CouncilContract.Address
                && CouncilContract.TryDecodeEvent(log.Topics, log.Data.Span, out CouncilEvent? happening)
                && happening is CouncilEvent.RecordErased erased)
            {
                yield return erased.Erasure;
            }
        }
    }
}
