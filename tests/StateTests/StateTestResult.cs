namespace EnergyChain.StateTests;

/// <summary>A case and what became of it.</summary>
/// <param name="File">The file it is from.</param>
/// <param name="Name">The test's name; empty when the file as a whole is meant.</param>
/// <param name="DataIndex">Which of the transaction's data, or -1 for no case in particular.</param>
/// <param name="GasIndex">Which gas limit, likewise.</param>
/// <param name="ValueIndex">Which value, likewise.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Detail">What differed, or why it was skipped; one line.</param>
public sealed record StateTestResult(
    string File,
    string Name,
    int DataIndex,
    int GasIndex,
    int ValueIndex,
    StateTestVerdict Verdict,
    string Detail)
{
    private const int None = -1;

    /// <summary>About a file as a whole.</summary>
    public static StateTestResult OfFile(string path, StateTestVerdict verdict, string detail) =>
        new(path, string.Empty, None, None, None, verdict, OneLine(detail));

    /// <summary>About a test as a whole.</summary>
    public static StateTestResult OfTest(string path, string name, StateTestVerdict verdict, string detail) =>
        OfFile(path, verdict, detail) with { Name = OneLine(name) };

    /// <summary>About a case.</summary>
    public static StateTestResult Of(StateTestCase test, StateTestVerdict verdict, string detail = "") =>
        new(test.File, OneLine(test.Name), test.DataIndex, test.GasIndex, test.ValueIndex, verdict, OneLine(detail));

    public override string ToString() => DataIndex == None
        ? $"{File}{(Name.Length == 0 ? string.Empty : " ")}{Name}"
        : $"{File} {Name} d{DataIndex} g{GasIndex} v{ValueIndex}";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
