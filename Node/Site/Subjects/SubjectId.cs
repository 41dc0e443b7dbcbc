namespace EnergyChain.Node.Site.Subjects;

/// <summary>
/// Whom personal data at a site are about: a household, the party of a contract. A pseudonym that stands in file names,
/// never a name.
/// </summary>
public readonly record struct SubjectId
{
    /// <summary>Letters at most.</summary>
    public const int MaxLength = 64;

    /// <summary>What <see cref="TryParse"/> takes, for a sentence.</summary>
    public const string Allowed = "1 to 64 of a-z, 0-9 and -, not a - first: a pseudonym, not a name";

    private readonly string _text;

    private SubjectId(string text) => _text = text;

    public static bool TryParse(string text, out SubjectId subject)
    {
        bool isSound = text.Length is > 0 and <= MaxLength
            && text[0] != '-'
            && text.All(static letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        subject = isSound ? new SubjectId(text) : default;
        return isSound;
    }

    /// <summary>Throws <see cref="FormatException"/> for what <see cref="TryParse"/> does not take.</summary>
    public static SubjectId Parse(string text) =>
        TryParse(text, out SubjectId subject) ? subject : throw new FormatException($"'{text}' is no subject.");

    public override string ToString() => _text ?? string.Empty;
}
