using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace EnergyChain.Core;

/// <summary>
/// A condition that only a bug of ours can break. It stays on in Release: wrong state is worse than downtime.
/// </summary>
public static class Invariant
{
    /// <summary>Throws <see cref="InvariantException"/> when <paramref name="condition"/> does not hold.</summary>
    public static void Check(
        [DoesNotReturnIf(false)] bool condition,
        [CallerArgumentExpression(nameof(condition))] string? expression = null)
    {
        if (!condition)
        {
            throw new InvariantException($"Invariant broken: {expression}");
        }
    }
}
