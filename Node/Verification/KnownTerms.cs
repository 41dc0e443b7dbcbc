using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;

namespace EnergyChain.Node.Verification;

/// <summary>
/// Terms by their hash, so that certificates can be verified ahead of knowing which term is in force: whoever goes
/// through the blocks in order compares the hash. Thread-safe.
/// </summary>
internal sealed class KnownTerms
{
    private readonly ConcurrentDictionary<Hash32, Term> _terms = [];

    public void Add(Term term) => _terms.TryAdd(term.Hash, term);

    public bool TryFind(Hash32 hash, [NotNullWhen(true)] out Term? term) => _terms.TryGetValue(hash, out term);
}
