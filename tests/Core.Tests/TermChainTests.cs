using CsCheck;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Tests;

public sealed class TermChainTests
{
    private static readonly ChainId Chain = new(7);

    // Each key holds guarded memory, so they are made once.
    private static readonly SigningKey[] Keys = [.. Enumerable.Range(0, 9).Select(TestKeys.Of)];
    private static readonly Term First = TermTests.TermOf(1_000, 1, 2, 3, 4);
    private static readonly Term Second = TermTests.TermOf(1_000, 2, 3, 4, 5, 6, 7, 8);
    private static readonly Term Third = TermTests.TermOf(500, 6);

    [Test]
    public void Links_in_order_prove_a_head_of_the_last_term()
    {
        TermChain chain = new(Chain, First, Height.Genesis);

        Assert.That(chain.Extend(Link(First, Second, 9, 1, 2, 3)), Is.EqualTo(TermVerdict.Holds));
        Assert.That(chain.Extend(Link(Second, Third, 10, 2, 3, 4, 5, 6)), Is.EqualTo(TermVerdict.Holds));
        TermLink head = Link(Third, Third, 500, 6);
        Assert.That(chain.Prove(head.Header, head.Certificate), Is.EqualTo(TermVerdict.Holds));
        Assert.That(chain.From, Is.EqualTo(new Height(11)));
        Assert.That(chain.History.At(new Height(9)), Is.SameAs(First));
        Assert.That(chain.History.At(new Height(10)).Hash, Is.EqualTo(Second.Hash));
    }

    [TestCase("council", TermVerdict.BadCertificate)]
    [TestCase("minority", TermVerdict.BadCertificate)]
    [TestCase("signature", TermVerdict.BadCertificate)]
    [TestCase("other block", TermVerdict.BadCertificate)]
    [TestCase("other height", TermVerdict.BadCertificate)]
    [TestCase("next", TermVerdict.WrongNextTerm)]
    [TestCase("no change", TermVerdict.WrongNextTerm)]
    [TestCase("term", TermVerdict.NotInTerm)]
    [TestCase("height", TermVerdict.NotInTerm)]
    [TestCase("genesis", TermVerdict.NotInTerm)]
    [TestCase("chain", TermVerdict.WrongChain)]
    public void Forged_link_is_refused_and_changes_nothing(string forgery, TermVerdict expected)
    {
        TermChain chain = new(Chain, First, new Height(forgery == "genesis" ? 0u : 5u));
        TermLink sound = Link(First, Second, 9, 1, 2, 3);
        TermLink forged = forgery switch
        {
            "council" => Link(First, Third, 9, 6, 7, 8),
            "minority" => Link(First, Second, 9, 1, 2),
            "signature" => sound with
            {
                Certificate = sound.Certificate with { Signatures = [.. sound.Certificate.Signatures.Reverse()] },
            },
            "other block" => sound with { Header = TermTests.HeaderOf(First, Third, 9), Next = Third },
            "other height" => sound with { Certificate = Link(First, Second, 8, 1, 2, 3).Certificate },
            "next" => sound with { Next = Third },
            "no change" => Link(First, First, 9, 1, 2, 3),
            "term" => Link(Second, Third, 9, 1, 2, 3),
            "height" => Link(First, Second, 4, 1, 2, 3),
            "genesis" => Link(First, Second, 0, 1, 2, 3),
            _ => Link(First, Second, 9, 8, [1, 2, 3]),
        };

        Assert.That(chain.Extend(forged), Is.EqualTo(expected));
        Assert.That(chain.Term, Is.SameAs(First));
        Assert.That(chain.Extend(sound), Is.EqualTo(TermVerdict.Holds), "the true one still goes on");
    }

    // The old council has signed for its successor and has no say any more.
    [Test]
    public void Council_that_was_replaced_proves_nothing_later()
    {
        TermChain chain = new(Chain, First, Height.Genesis);
        chain.Extend(Link(First, Second, 9, 1, 2, 3));
        TermLink head = Link(First, First, 10, 1, 2, 3, 4);
        TermLink dressed = Link(Second, Second, 10, 1, 2, 3, 4);

        Assert.That(chain.Prove(head.Header, head.Certificate), Is.EqualTo(TermVerdict.NotInTerm));
        Assert.That(chain.Prove(dressed.Header, dressed.Certificate), Is.EqualTo(TermVerdict.BadCertificate));
    }

    // Against the obvious oracle: a chain whose every block is looked at.
    [Test]
    public void Proof_over_changes_alone_comes_to_the_same_as_every_block() =>
        Gen.Int[0, 6].Array[1, 12].Sample(choices =>
        {
            Term[] terms = [First, Second, Third];
            TermChain skipping = new(Chain, First, Height.Genesis);
            Term current = First;
            ulong height = 0;
            foreach (int choice in choices)
            {
                height++;
                Term next = choice < terms.Length ? terms[choice] : current;
                TermLink block = Link(current, next, height, 7, MembersOf(current));
                if (next.Hash != current.Hash)
                {
                    Assert.That(skipping.Extend(block), Is.EqualTo(TermVerdict.Holds));
                }

                current = next;
            }

            TermLink head = Link(current, current, height + 1, 7, MembersOf(current));
            Assert.That(skipping.Prove(head.Header, head.Certificate), Is.EqualTo(TermVerdict.Holds));
        }, iter: 30);

    private static int[] MembersOf(Term term) =>
        [.. Enumerable.Range(1, 8).Where(key => term.Council.IndexOf(Keys[key].PublicKey) >= 0)];

    private static TermLink Link(Term term, Term next, ulong height, params int[] signers) =>
        Link(term, next, height, 7, signers);

    // Keys by number; those that are not of the council take the places of those that are.
    private static TermLink Link(Term term, Term next, ulong height, ulong chainId, int[] signers)
    {
        BlockHeader header = TermTests.HeaderOf(term, next, height, chainId);
        byte[] signed = Vote.SignedBytes(VoteType.Precommit, header.Height, Round.Zero, header.Hash);
        bool areMembers = signers.All(key => term.Council.IndexOf(Keys[key].PublicKey) >= 0);
        (int Index, Signature Signature)[] votes =
        [
            .. signers
                .Select((key, place) => (
                    areMembers ? term.Council.IndexOf(Keys[key].PublicKey) : place,
                    Keys[key].Sign(SigningDomain.Vote, new ChainId(chainId), signed)))
                .OrderBy(vote => vote.Item1),
        ];
        return new TermLink(
            header,
            new CommitCertificate(
                header.Height,
                Round.Zero,
                header.Hash,
                [.. votes.Select(vote => vote.Index)],
                [.. votes.Select(vote => vote.Signature)]),
            next);
    }
}
