using EnergyChain.Vm.Instructions;
using EnergyChain.Vm.Opcodes;

namespace EnergyChain.Vm.Blocks;

/// <summary>For each opcode that a block can hold, its bodies by where the operands lie.</summary>
// Safety: every pointer is taken from a method of BlockBodies, whose signature the compiler checks at the assignment.
internal static unsafe partial class BodyTable
{
    private const int Words = 0b000;
    private const int FirstConstant = 0b001;
    private const int SecondConstant = 0b010;
    private const int BothConstant = 0b011;
    private const int ThirdConstant = 0b100;

    private static readonly BodyRow?[] Rows = new BodyRow?[256];

    static BodyTable()
    {
        DefineArithmetic();
        DefineLogic();
        DefineEnvironment();
        DefineMemory();
    }

    /// <summary>Leaves the block when a word is not zero.</summary>
    public static BodyRow IfNotZero { get; } = OneWordBranch<Conditions.NotZero>();

    /// <summary>Leaves the block when a word is zero.</summary>
    public static BodyRow IfZero { get; } = OneWordBranch<Conditions.Not<Conditions.NotZero>>();

    /// <summary>The row of an opcode; null for one that ends a block or only moves words.</summary>
    public static BodyRow? Find(byte opcode) => Rows[opcode];

    private static void Unary<TOperation>(Opcode opcode)
        where TOperation : struct, IUnaryOperation
    {
        BodyRow row = new() { Operands = 1, Fold = static (first, _) => TOperation.Apply(first) };
        row.Bodies[Words] = &BlockBodies.Unary<TOperation>;
        Rows[(int)opcode] = row;
    }

    private static void Binary<TOperation>(Opcode opcode, BodyRow? branch = null, BodyRow? branchUnless = null)
        where TOperation : struct, IBinaryOperation
    {
        BodyRow row = new()
        {
            Operands = 2,
            Fold = static (first, second) => TOperation.Apply(first, second),
            Branch = branch,
            BranchUnless = branchUnless,
        };
        row.Bodies[Words] = &BlockBodies.Binary<TOperation, Operands.OnStack, Operands.OnStack>;
        row.Bodies[FirstConstant] = &BlockBodies.Binary<TOperation, Operands.InConstants, Operands.OnStack>;
        row.Bodies[SecondConstant] = &BlockBodies.Binary<TOperation, Operands.OnStack, Operands.InConstants>;
        Rows[(int)opcode] = row;
    }

    private static void Comparison<TOperation, TCondition>(Opcode opcode)
        where TOperation : struct, IBinaryOperation
        where TCondition : struct, ICondition =>
        Binary<TOperation>(opcode, TwoWordBranch<TCondition>(), TwoWordBranch<Conditions.Not<TCondition>>());

    private static BodyRow TwoWordBranch<TCondition>()
        where TCondition : struct, ICondition
    {
        BodyRow row = new() { Operands = 2, IsVoid = true };
        row.Bodies[Words] = &BlockBodies.Branch<TCondition, Operands.OnStack, Operands.OnStack>;
        row.Bodies[FirstConstant] = &BlockBodies.Branch<TCondition, Operands.InConstants, Operands.OnStack>;
        row.Bodies[SecondConstant] = &BlockBodies.Branch<TCondition, Operands.OnStack, Operands.InConstants>;
        return row;
    }

    private static BodyRow OneWordBranch<TCondition>()
        where TCondition : struct, ICondition
    {
        BodyRow row = new() { Operands = 1, IsVoid = true };
        row.Bodies[Words] = &BlockBodies.Branch<TCondition, Operands.OnStack, Operands.OnStack>;
        return row;
    }

    private static void Ternary<TOperation>(Opcode opcode)
        where TOperation : struct, ITernaryOperation
    {
        BodyRow row = new() { Operands = 3 };
        row.Bodies[Words] = &BlockBodies.Ternary<TOperation, Operands.OnStack>;
        row.Bodies[ThirdConstant] = &BlockBodies.Ternary<TOperation, Operands.InConstants>;
        Rows[(int)opcode] = row;
    }

    private static void Environment<TValue>(Opcode opcode)
        where TValue : struct, IEnvironmentValue
    {
        BodyRow row = new() { Operands = 0 };
        row.Bodies[Words] = &BlockBodies.Environment<TValue>;
        Rows[(int)opcode] = row;
    }

    private static void InPlace<TInstruction>(Opcode opcode)
        where TInstruction : struct, IInPlaceInstruction
    {
        BodyRow row = new() { Operands = 1 };
        row.Bodies[Words] = &BlockBodies.InPlace<TInstruction>;
        Rows[(int)opcode] = row;
    }
}
