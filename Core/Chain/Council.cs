using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>The consensus committee of a height: an ordered list of members, each with one vote. Immutable.</summary>
public sealed class Council : IBcsValue<Council>
{
    private readonly CouncilMember[] _members;
    private readonly Dictionary<PublicKey, int> _indexes = [];

    /// <param name="members">Distinct members, at least one for a council that can decide.</param>
    public Council(IEnumerable<CouncilMember> members)
    {
        _members = [.. members];
        for (int i = 0; i < _members.Length; i++)
        {
            _indexes[_members[i].PublicKey] = i;
        }

        Hash = Blake2b.Hash(Bcs.Encode(this));
    }

    public int Count => _members.Length;

    /// <summary>Hash of the canonical list, as headers carry it.</summary>
    public Hash32 Hash { get; }

    public IReadOnlyList<CouncilMember> Members => _members;

    /// <summary>The least number of members that is a quorum.</summary>
    public int QuorumSize => (Count * 2 / 3) + 1;

    public CouncilMember this[int index] => _members[index];

    public static Council Decode(ref BcsReader reader)
    {
        IReadOnlyList<CouncilMember> members =
            Bcs.ReadList<CouncilMember>(ref reader, Limits.MaxCouncilMembers);
        if (members.Distinct().Count() != members.Count)
        {
            reader.Fail(DecodeError.Inconsistent);
        }

        return new Council(members);
    }

    /// <summary>More than two thirds: of n = 3f + 1 members, any two quorums share an honest one.</summary>
    public bool IsQuorum(int votes) => votes * 3 > Count * 2;

    /// <summary>At least f + 1, where f = (n - 1) / 3 members may be faulty: one of so many is honest.</summary>
    public bool HasHonest(int votes) => votes > (Count - 1) / 3;

    /// <summary>The member's index, or -1 where the key is nobody's here.</summary>
    public int IndexOf(PublicKey key) => _indexes.GetValueOrDefault(key, -1);

    public int IndexOf(Address address) => Array.FindIndex(_members, member => member.Address == address);

    public void Encode(BcsWriter writer) => writer.WriteList(_members);
}
