using EnergyChain.Core.Codec;

namespace EnergyChain.Core.Proofs;

/// <summary>
/// Accounts and storage words as they were before a final block, whose header carries the root of that state.
/// </summary>
/// <param name="Header">The block that states the root, and its certificate.</param>
/// <param name="Accounts">Each account once, with what is told of its storage.</param>
public sealed record StateWitness(CertifiedHeader Header, IReadOnlyList<StorageProof> Accounts)
    : IBcsValue<StateWitness>
{
    public static StateWitness Decode(ref BcsReader reader) => new(
        CertifiedHeader.Decode(ref reader), Bcs.ReadList<StorageProof>(ref reader, Limits.MaxProvenAccounts));

    /// <summary>
    /// Whether every account and word stands under the header's state root. Whether the header itself is to be
    /// believed is another question.
    /// </summary>
    public bool PathsHold() => Accounts.All(account => account.Verify(Header.Header.ParentStateRoot));

    public void Encode(BcsWriter writer)
    {
        Header.Encode(writer);
        writer.WriteList(Accounts);
    }
}
