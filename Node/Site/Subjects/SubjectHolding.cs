namespace EnergyChain.Node.Site.Subjects;

/// <summary>What a site holds of a subject.</summary>
/// <param name="Subject">Whom it is about.</param>
/// <param name="HasKey">Whether there is a file for the key.</param>
/// <param name="Files">Names of the files with readings.</param>
/// <param name="Bytes">Bytes in them.</param>
internal sealed record SubjectHolding(SubjectId Subject, bool HasKey, IReadOnlyList<string> Files, long Bytes)
{
    public bool IsNothing => !HasKey && Files.Count == 0;
}
