using EnergyChain.Core.Chain;

namespace EnergyChain.Ledger.Governance;

/// <summary>The council contract's part in a block.</summary>
/// <param name="Verdict">What came of it.</param>
/// <param name="Term">The term from the height after the next one; null unless it changed.</param>
/// <param name="Logs">
/// Events of the call. They are in no receipt, because no transaction made them: the block carries the term itself.
/// </param>
public sealed record CouncilDecision(CouncilVerdict Verdict, Term? Term, IReadOnlyList<LogEntry> Logs)
{
    /// <summary>Nobody was asked.</summary>
    public static CouncilDecision None { get; } = new(CouncilVerdict.NotAsked, null, []);
}
