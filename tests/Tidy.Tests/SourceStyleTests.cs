using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EnergyChain.Tidy.Tests;

/// <summary>The rules of docs/STYLE.md that no analyzer checks.</summary>
public sealed class SourceStyleTests
{
    private const int MaxLineLength = 120;
    private const int MaxFileLines = 500;
    private const int MaxMedianFileLines = 120;
    private const int MaxMethodLines = 70;

    private static readonly string[] UnsafeRooms = ["Vm/", "Core/Numerics/"];

    [Test]
    public void No_line_is_longer_than_120_characters()
    {
        List<string> found = [];
        foreach (string file in Checkout.CSharpFiles)
        {
            string[] lines = Checkout.Lines(file);
            found.AddRange(Enumerable.Range(0, lines.Length)
                .Where(i => lines[i].Length > MaxLineLength)
                .Select(i => $"{file}:{i + 1}"));
        }

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void No_file_is_longer_than_500_lines_and_the_median_is_short()
    {
        (string File, int Lines)[] sizes = [.. Checkout.RoomFiles
            .Select(file => (file, Checkout.Lines(file).Length))
            .OrderBy(size => size.Length)];
        Assert.That(sizes.Where(size => size.Lines > MaxFileLines), Is.Empty);
        Assert.That(sizes[sizes.Length / 2].Lines, Is.LessThanOrEqualTo(MaxMedianFileLines));
    }

    [Test]
    public void No_method_is_longer_than_70_lines()
    {
        List<string> found = [];
        foreach (string file in Checkout.CSharpFiles.Where(file => Checkout.Lines(file).Length > MaxMethodLines))
        {
            // A long method stands in long nodes only: the others are not looked into.
            found.AddRange(Checkout.Parse(file).DescendantNodes(static node => LineCount(node) > MaxMethodLines)
                .Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax)
                .Where(node => LineCount(node) > MaxMethodLines)
                .Select(node => $"{file}:{FirstLine(node)} ({LineCount(node)} lines)"));
        }

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Every_file_has_at_most_one_public_type_and_its_name()
    {
        List<string> found = [];
        foreach (string file in Checkout.RoomFiles)
        {
            string[] types = [.. Checkout.Parse(file)
                .DescendantNodes(static node => node is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
                .Where(node => node.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
                .OfType<MemberDeclarationSyntax>()
                .Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword))
                .Select(TypeName)
                .Where(name => name.Length > 0)];
            string stem = Path.GetFileNameWithoutExtension(file).Split('.')[0];
            if (types.Length > 1 || (types.Length == 1 && types[0] != stem))
            {
                found.Add($"{file}: {string.Join(", ", types)}");
            }
        }

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Unsafe_code_stands_only_where_it_is_allowed_and_says_why_it_is_safe()
    {
        List<string> found = [];
        foreach (string file in Checkout.CSharpFiles.Where(file => Checkout.Read(file).Contains("unsafe")))
        {
            bool isUnsafe = Checkout.Parse(file).DescendantTokens()
                .Any(token => token.IsKind(SyntaxKind.UnsafeKeyword));
            bool allowed = UnsafeRooms.Any(room => file.StartsWith(room, StringComparison.Ordinal))
                && Checkout.Read(file).Contains("Safety:", StringComparison.Ordinal);
            if (isUnsafe && !allowed)
            {
                found.Add(file);
            }
        }

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void No_region_and_no_unfinished_mark_is_left()
    {
        string[] marks = ["#reg" + "ion", "TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];
        Assert.That(
            Checkout.CSharpFiles.Where(file => marks.Any(mark => Checkout.Read(file).Contains(mark))), Is.Empty);
    }

    [Test]
    public void Tests_do_not_sleep()
    {
        // A runner and no test: that nodes die at moments nobody chose is what it is for.
        const string KillsAtRandomMoments = "tests/CrashTests/Kills/";
        string[] sleeps = ["Thread." + "Sleep", "Task." + "Delay("];
        Assert.That(
            Checkout.CSharpFiles
                .Where(file => file.StartsWith("tests/", StringComparison.Ordinal))
                .Where(file => !file.StartsWith(KillsAtRandomMoments, StringComparison.Ordinal))
                .Where(file => sleeps.Any(sleep => Checkout.Read(file).Contains(sleep))),
            Is.Empty);
    }

    private static string TypeName(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => "",
    };

    private static int FirstLine(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static int LineCount(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
