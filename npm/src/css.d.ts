/* A stylesheet, as the text of its rules: build.mjs takes comments and spaces out. */
declare module "*.css" {
  const rules: string;
  export default rules;
}
