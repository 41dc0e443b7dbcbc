using EnergyChain.Core.Codec;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Core.Chain;

/// <summary>
/// The terms of a chain, as far as they are decided, by the first height of each. Of very many only the newest
/// <see cref="Limits.MaxKnownTerms"/> are kept; what is older stands in the blocks. Immutable.
/// </summary>
public sealed class TermHistory : IBcsValue<TermHistory>
{
    private readonly TermStart[] _starts;

    /// <summary>A chain of one term, from the genesis on.</summary>
    public TermHistory(Term genesis)
        : this(genesis, Height.Genesis)
    {
    }

    /// <summary>What is known of a chain that is first seen at a height.</summary>
    public TermHistory(Term term, Height from)
        : this([new TermStart(from, term)])
    {
    }

    private TermHistory(TermStart[] starts) => _starts = starts;

    /// <summary>Ascending, at least one.</summary>
    public IReadOnlyList<TermStart> Starts => _starts;

    /// <summary>The newest.</summary>
    public Term Last => _starts[^1].Term;

    public static TermHistory Decode(ref BcsReader reader)
    {
        TermStart[] starts = [.. Bcs.ReadList<TermStart>(ref reader, Limits.MaxKnownTerms)];
        bool ordered = starts.Length > 0;
        for (int i = 1; i < starts.Length; i++)
        {
            ordered &= starts[i - 1].From < starts[i].From && starts[i - 1].Term.Hash != starts[i].Term.Hash;
        }

        if (!ordered)
        {
            reader.Fail(DecodeError.Inconsistent);
        }

        return new TermHistory(starts);
    }

    /// <summary>The term of a height; of one that is not decided yet the newest. Null for one too long ago.</summary>
    public Term? Find(Height height)
    {
        // Nearly every question is about the last heights.
        int index = _starts.Length - 1;
        while (index >= 0 && _starts[index].From > height)
        {
            index--;
        }

        return index < 0 ? null : _starts[index].Term;
    }

    /// <summary>As <see cref="Find"/>, of a height whose term must be known.</summary>
    public Term At(Height height)
    {
        Term? found = Find(height);
        Invariant.Check(found is not null);
        return found!;
    }

    /// <summary>
    /// Whether a key is in the council of every height from one to another, both counted. False where the term of the
    /// first is not known any more.
    /// </summary>
    public bool HasMember(PublicKey key, Height from, Height to)
    {
        int index = _starts.Length - 1;
        while (index >= 0 && _starts[index].From > to)
        {
            index--;
        }

        while (index >= 0 && _starts[index].Term.Council.IndexOf(key) >= 0)
        {
            if (_starts[index].From <= from)
            {
                return true;
            }

            index--;
        }

        return false;
    }

    /// <summary>With another term, in force from a height after the newest one's first.</summary>
    public TermHistory Add(Height from, Term term)
    {
        Invariant.Check(from > _starts[^1].From);
        Invariant.Check(term.Hash != Last.Hash);
        int dropped = _starts.Length == Limits.MaxKnownTerms ? 1 : 0;
        return new TermHistory([.. _starts.AsSpan(dropped), new TermStart(from, term)]);
    }

    public void Encode(BcsWriter writer) => writer.WriteList(_starts);
}
