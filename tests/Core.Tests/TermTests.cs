using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

public sealed class TermTests
{
    private const string GoldenTerm = "0x4b37b623193e6274a778da9b3023f575d86483c93b2e194a2e8997bed01381b0";
    private const string GoldenHeader = "0xd6fb7f63ae39985e36ed301c1069d07a129cf26a342bf9911b3345a6d24195f9";
    private static readonly Term First = TermOf(1_000, 1, 2, 3, 4);
    private static readonly Term Second = TermOf(1_000, 1, 2, 3);
    private static readonly Term Third = TermOf(2_000, 1, 2, 3);

    // Pins the protocol: computed from docs/protocol.md with Python's hashlib and OpenSSL.
    [Test]
    public void Hashes_of_a_fixed_term_and_header_are_golden()
    {
        Assert.That(First.Hash.ToString(), Is.EqualTo(GoldenTerm));
        Assert.That(HeaderOf(First, Second).Hash.ToString(), Is.EqualTo(GoldenHeader));
    }

    [Test]
    public void Hash_covers_members_their_order_and_every_parameter()
    {
        ChainParameters parameters = First.Parameters;
        Term[] others =
        [
            new(new Council(First.Council.Members.Reverse()), parameters),
            new(Second.Council, parameters),
            new(First.Council, parameters with { ChainId = new ChainId(8) }),
            new(First.Council, parameters with { BlockIntervalMs = 999 }),
            new(First.Council, parameters with { BlockGasLimit = new Gas(1) }),
            new(First.Council, parameters with { TransactionGasLimit = new Gas(1) }),
            new(First.Council, parameters with { GasPrice = 1 }),
            new(First.Council, parameters with { EpochBlocks = 1 }),
        ];

        Assert.That(others.Append(First).Select(term => term.Hash), Is.Unique);
    }

    [Test]
    public void Term_without_members_does_not_decode() => Assert.That(
        Bcs.TryDecode(Bcs.Encode(new Term(new Council([]), First.Parameters)), out Term? _, out DecodeError error)
            ? DecodeError.None
            : error,
        Is.EqualTo(DecodeError.Inconsistent));

    [Test]
    public void History_has_the_term_of_every_height_since_its_first()
    {
        TermHistory history = new TermHistory(First, new Height(5))
            .Add(new Height(10), Second).Add(new Height(11), Third);

        Assert.That(history.Find(new Height(4)), Is.Null);
        Assert.That(history.Find(new Height(5)), Is.SameAs(First));
        Assert.That(history.At(new Height(9)), Is.SameAs(First));
        Assert.That(history.At(new Height(10)), Is.SameAs(Second));
        Assert.That(history.At(new Height(11)), Is.SameAs(Third));
        Assert.That(history.At(new Height(1_000)), Is.SameAs(Third));
        Assert.That(() => history.At(new Height(4)), Throws.TypeOf<InvariantException>());
    }

    [Test]
    public void History_keeps_the_newest_of_very_many_terms()
    {
        TermHistory history = new(First);
        for (uint height = 1; height <= Limits.MaxKnownTerms; height++)
        {
            history = history.Add(new Height(height), height % 2 == 0 ? First : Second);
        }

        Assert.That(history.Starts, Has.Count.EqualTo(Limits.MaxKnownTerms));
        Assert.That(history.Find(Height.Genesis), Is.Null);
        Assert.That(history.At(new Height(1)), Is.SameAs(Second));
        Assert.That(Limits.MaxKnownTerms, Is.GreaterThan(Limits.MaxEvidenceAgeBlocks + 2), "evidence finds its term");
    }

    [Test]
    public void History_out_of_order_or_with_a_change_to_the_same_does_not_decode()
    {
        byte[] sound = Bcs.Encode(new TermHistory(First).Add(new Height(5), Second));
        byte[] starts = [.. Bcs.Encode(new TermStart(new Height(5), Second))];
        byte[] same = [2, .. Bcs.Encode(new TermStart(new Height(1), First)),
            .. Bcs.Encode(new TermStart(new Height(2), First))];

        Assert.That(Bcs.TryDecode(sound, out TermHistory? _, out _));
        Assert.That(Bcs.TryDecode([2, .. starts, .. starts], out TermHistory? _, out _), Is.False);
        Assert.That(Bcs.TryDecode(same, out TermHistory? _, out _), Is.False);
        Assert.That(Bcs.TryDecode([0], out TermHistory? _, out _), Is.False, "a chain has a term");
    }

    [Test]
    public void Next_term_stands_in_a_block_exactly_where_it_is_another()
    {
        Assert.That(Block.NextTermMatches(HeaderOf(First, First), null));
        Assert.That(Block.NextTermMatches(HeaderOf(First, Second), Second));
        Assert.That(Block.NextTermMatches(HeaderOf(First, First), First), Is.False, "the same once more");
        Assert.That(Block.NextTermMatches(HeaderOf(First, Second), null), Is.False, "left out");
        Assert.That(Block.NextTermMatches(HeaderOf(First, Second), Third), Is.False, "another one");
        Assert.That(Block.NextTermMatches(HeaderOf(First, First), Second), Is.False, "not announced");
    }

    [Test]
    public void Contents_with_another_next_term_do_not_match_the_header()
    {
        Block sound = new(HeaderOf(First, Second), null, [], [], Second);

        Assert.That(sound.ContentsMatchHeader());
        Assert.That((sound with { NextTerm = null }).ContentsMatchHeader(), Is.False);
        Assert.That((sound with { NextTerm = Third }).ContentsMatchHeader(), Is.False);
    }

    internal static Term TermOf(ulong intervalMs, params int[] members) => new(
        new Council(members.Select(member => new CouncilMember(TestKeys.Of(member).PublicKey))),
        new ChainParameters { ChainId = new ChainId(7), BlockIntervalMs = intervalMs });

    internal static BlockHeader HeaderOf(Term term, Term next, ulong height = 5, ulong chainId = 7) => new()
    {
        ChainId = new ChainId(chainId),
        Height = new Height(height),
        Time = new BlockTime(1_000 * height),
        ParentHash = Blake2b.Hash([1]),
        TransactionsRoot = Hash32.Zero,
        ParentStateRoot = Blake2b.Hash([2]),
        ParentReceiptsRoot = Hash32.Zero,
        ParentGasUsed = default,
        TermHash = term.Hash,
        NextTermHash = next.Hash,
        Proposer = TestKeys.Of(1).Address,
        LastCertificateHash = Hash32.Zero,
        EvidenceRoot = Hash32.Zero,
    };
}
